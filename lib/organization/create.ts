import { systemAuditPayload } from '@/lib/audit/payload'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { refuseTakenAddress } from '@/lib/organization/address'
import { organizationTarget } from '@/lib/organization/change'
import type { CreateOrganizationInput } from '@/lib/organization/schema'

/** Organizations that one person may run: each holds an address that nobody else can have. */
const ORGANIZATIONS_MAX = 25

/** Who makes it, and from where; outside of any organization, so there is no context yet. */
export interface Founder {
  db: Pick<Database, 'pool'>
  userId: string
  displayName: string
  request: RequestFacts
}

/**
 * Makes an organization; whoever makes it is its first admin.
 * @throws DomainError invalid `address_taken` at `/slug` | conflict `too_many_organizations`
 */
export async function createOrganization(
  { db, userId, displayName, request }: Founder,
  input: CreateOrganizationInput,
): Promise<{ organizationId: string; slug: string }> {
  const organizationId = newId()
  await sqlTransaction(db.pool, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM memberships WHERE user_id = $1 AND role = 'ADMIN'`,
      [userId],
    )
    if ((rows[0]?.count ?? 0) >= ORGANIZATIONS_MAX) throw tooMany()
    await client
      .query('INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $3)', [
        organizationId,
        input.slug,
        input.name,
      ])
      .catch(refuseTakenAddress)
    await client.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'ADMIN')`,
      [organizationId, userId],
    )
    const payload = systemAuditPayload(
      request,
      {
        eventType: 'ORGANIZATION_CREATED',
        target: organizationTarget({ id: organizationId, name: input.name }),
        details: { slug: input.slug },
      },
      { type: 'USER', id: userId, label: displayName, tokenId: null },
    )
    await client.query('SELECT audit.append($1::uuid, $2::uuid, $3)', [
      organizationId,
      newId(),
      payload,
    ])
  })
  return { organizationId, slug: input.slug }
}

function tooMany(): DomainError {
  return new DomainError(
    'conflict',
    'too_many_organizations',
    `You run ${ORGANIZATIONS_MAX} organizations already. Hand one over or delete one first.`,
  )
}
