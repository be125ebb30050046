import type pg from 'pg'
import { requireRecentAuthentication } from '@/lib/access/authorize'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { authorizeOrganizationChange, organizationTarget } from '@/lib/organization/change'
import { ADDRESSES_MAX, SLUG_MAX } from '@/lib/organization/model'
import { slugSchema } from '@/lib/organization/slug'

type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

/** `problem` says why the text can be nobody's address. */
export type AddressAvailability = 'available' | 'yours' | 'taken' | { problem: string }

/**
 * Whether the organization could move to this address: one that it has or had is its own for ever.
 * @throws DomainError forbidden
 */
export async function addressAvailability(
  ctx: Context,
  input: { slug: string },
): Promise<AddressAvailability> {
  authorizeOrganizationChange(ctx)
  const slug = slugSchema.safeParse(input.slug)
  if (!slug.success) return { problem: slug.error.issues[0]?.message ?? 'Choose another address.' }
  const { rows } = await ctx.db.pool.query<{ yours: boolean }>(
    'SELECT organization_id = $2 AS yours FROM organization_addresses WHERE slug = $1',
    [slug.data, ctx.organization.id],
  )
  const [holder] = rows
  if (!holder) return 'available'
  return holder.yours ? 'yours' : 'taken'
}

/**
 * Moves the organization to another address. The one before stays its own: pages redirect from it, and
 * programs that use it go on working. A trigger of the database keeps it from everybody else.
 * @throws DomainError forbidden | invalid `address_taken` at `/slug` | conflict `too_many_addresses`
 */
export async function changeAddress(
  ctx: Context,
  input: { slug: string },
): Promise<{ slug: string }> {
  authorizeOrganizationChange(ctx)
  requireRecentAuthentication(ctx.principal, ctx.now)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const { rows } = await client.query<{ slug: string; name: string }>(
      'SELECT slug, name FROM organizations WHERE id = $1 FOR NO KEY UPDATE',
      [ctx.organization.id],
    )
    const [before] = rows
    if (!before) throw notFound()
    if (before.slug === input.slug) return { slug: input.slug }
    await requireRoomForAddress(client, ctx, input.slug)
    await client
      .query('UPDATE organizations SET slug = $2, modified_at = now() WHERE id = $1', [
        ctx.organization.id,
        input.slug,
      ])
      .catch(refuseTakenAddress)
    await appendAudit(client, ctx, {
      eventType: 'ADDRESS_CHANGED',
      target: organizationTarget({ id: ctx.organization.id, name: before.name }),
      details: { before: { slug: before.slug }, after: { slug: input.slug } },
    })
    return { slug: input.slug }
  })
}

async function requireRoomForAddress(client: Client, ctx: Context, slug: string): Promise<void> {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM organization_addresses
     WHERE organization_id = $1 AND slug <> $2`,
    [ctx.organization.id, slug],
  )
  if ((rows[0]?.others ?? 0) < ADDRESSES_MAX) return
  throw new DomainError(
    'conflict',
    'too_many_addresses',
    `The organization has had ${ADDRESSES_MAX} addresses, and keeps them all. Go back to one of them.`,
  )
}

/** For what writes a slug: the database's complaint in our words. @throws the error, or `address_taken` */
export function refuseTakenAddress(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23505' && /slug|organization_addresses/.test(constraint ?? '')) {
    throw invalid(
      [{ pointer: '/slug', detail: 'This address is taken. Choose another.' }],
      'address_taken',
    )
  }
  throw error
}

/**
 * Which of these organizations has the address now or had it before; null for none of them. Of others
 * it tells nothing.
 */
export async function organizationAtAddress(
  pool: Client,
  slug: string,
  organizationIds: readonly string[],
): Promise<string | null> {
  // It comes from a path: what can be no address (a NUL byte, a megabyte) is not worth a query.
  if (slug.length > SLUG_MAX || !/^[a-z0-9-]+$/.test(slug)) return null
  const { rows } = await pool.query<{ id: string }>({
    name: 'organization-at-address',
    text: `SELECT organization_id AS id FROM organization_addresses
           WHERE slug = $1 AND organization_id = ANY ($2::uuid[])`,
    values: [slug, organizationIds],
  })
  return rows[0]?.id ?? null
}
