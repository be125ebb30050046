import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { notFound } from '@/lib/errors'
import { authorizeOrganizationChange, organizationTarget } from '@/lib/organization/change'
import type { UpdateOrganizationInput } from '@/lib/organization/schema'
import { encodePicture } from '@/lib/pictures/encode'
import { dropPicture, storePicture } from '@/lib/pictures/store'

export interface OrganizationProfile {
  id: string
  slug: string
  name: string
  website: string | null
  logoId: string | null
  /** Changed by setTwoFactorRequired alone. */
  twoFactorRequired: boolean
  /** Epoch ms, as are all times here. */
  createdAt: number
  modifiedAt: number
  /** Set while the organization waits for its end. */
  deletesAt: number | null
}

const PROFILE = `id, slug, name, website, logo_id AS "logoId",
  two_factor_required AS "twoFactorRequired",
  (extract(epoch from created_at) * 1000)::float8 AS "createdAt",
  (extract(epoch from modified_at) * 1000)::float8 AS "modifiedAt",
  (extract(epoch from deletes_at) * 1000)::float8 AS "deletesAt"`

/** The organization itself. @throws DomainError forbidden */
export async function getOrganization(ctx: Context): Promise<OrganizationProfile> {
  authorize(ctx.principal, 'organization:read')
  const { rows } = await ctx.db.pool.query<OrganizationProfile>(
    `SELECT ${PROFILE} FROM organizations WHERE id = $1`,
    [ctx.organization.id],
  )
  return existing(rows)
}

/**
 * Changes name and website; what is left out stays.
 * @returns the organization as it is now
 * @throws DomainError forbidden insufficient_scope | role_insufficient
 */
export async function updateOrganization(
  ctx: Context,
  change: UpdateOrganizationInput,
): Promise<OrganizationProfile> {
  authorizeOrganizationChange(ctx)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await holdOrganization(client, ctx)
    const name = change.name ?? before.name
    const website = change.website === undefined ? before.website : change.website
    if (name === before.name && website === before.website) return before
    const { rows } = await client.query<OrganizationProfile>(
      `UPDATE organizations SET name = $2, website = $3, modified_at = now()
       WHERE id = $1 RETURNING ${PROFILE}`,
      [ctx.organization.id, name, website],
    )
    await appendAudit(client, ctx, {
      eventType: 'ORGANIZATION_UPDATED',
      target: organizationTarget({ ...before, name }),
      details: {
        before: { name: before.name, website: before.website },
        after: { name, website },
      },
    })
    return existing(rows)
  })
}

/**
 * Sets the logo from an uploaded file. The logo before it is removed for good, its address included.
 * @throws DomainError forbidden | invalid at `/picture`
 */
export async function setLogo(
  ctx: Context,
  input: { picture: Uint8Array },
): Promise<{ logoId: string }> {
  authorizeOrganizationChange(ctx)
  const encoded = await encodePicture(input.picture)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await holdOrganization(client, ctx)
    const logoId = await storePicture(client, encoded)
    await replaceLogo(client, ctx, before, logoId)
    return { logoId }
  })
}

/** Takes the logo away; without one, does nothing. @throws DomainError forbidden */
export async function removeLogo(ctx: Context): Promise<void> {
  authorizeOrganizationChange(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const before = await holdOrganization(client, ctx)
    if (before.logoId !== null) await replaceLogo(client, ctx, before, null)
  })
}

async function replaceLogo(
  client: pg.PoolClient,
  ctx: Context,
  before: OrganizationProfile,
  logoId: string | null,
): Promise<void> {
  await client.query('UPDATE organizations SET logo_id = $2, modified_at = now() WHERE id = $1', [
    ctx.organization.id,
    logoId,
  ])
  if (before.logoId !== null) await dropPicture(client, before.logoId)
  await appendAudit(client, ctx, {
    eventType: 'ORGANIZATION_UPDATED',
    target: organizationTarget(before),
    details: { before: { logo: before.logoId }, after: { logo: logoId } },
  })
}

/** The row, which nobody else can change until the transaction ends. */
async function holdOrganization(client: pg.PoolClient, ctx: Context): Promise<OrganizationProfile> {
  const { rows } = await client.query<OrganizationProfile>(
    `SELECT ${PROFILE} FROM organizations WHERE id = $1 FOR NO KEY UPDATE`,
    [ctx.organization.id],
  )
  return existing(rows)
}

function existing(rows: OrganizationProfile[]): OrganizationProfile {
  const [organization] = rows
  if (!organization) throw notFound()
  return organization
}
