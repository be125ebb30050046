import type pg from 'pg'
import { personTarget } from '@/lib/access/person'
import type { AuditEntry } from '@/lib/audit/events'
import { systemAuditPayload } from '@/lib/audit/payload'
import type { RequestFacts } from '@/lib/context'
import { newId } from '@/lib/ids'

/**
 * Tells every organization of a person what they did to their own account by a link, where no organization
 * was part of the address. Last in the caller's transaction, always in the same order: the heads of the
 * chains stay locked until the commit.
 */
export async function appendToOwnOrganizations(
  client: Pick<pg.PoolClient, 'query'>,
  request: RequestFacts,
  person: { userId: string; displayName: string },
  entry: Omit<AuditEntry, 'target'>,
): Promise<void> {
  const actor = {
    type: 'USER',
    id: person.userId,
    label: person.displayName,
    tokenId: null,
  } as const
  const payload = systemAuditPayload(request, { ...entry, target: personTarget(person) }, actor)
  const { rows } = await client.query<{ id: string }>(
    'SELECT organization_id AS id FROM memberships WHERE user_id = $1 ORDER BY organization_id',
    [person.userId],
  )
  for (const organization of rows) {
    await client.query('SELECT audit.append($1::uuid, $2::uuid, $3)', [
      organization.id,
      newId(),
      payload,
    ])
  }
}
