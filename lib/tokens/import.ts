import type pg from 'pg'
import { requireOrganizationInventory } from '@/lib/access/authorize'
import { actorOf, personOf } from '@/lib/access/principal'
import { normalizeScopes } from '@/lib/access/scopes'
import { auditPayload } from '@/lib/audit/payload'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import {
  authorizeMinting,
  requireWithinCeiling,
  requireWithinOwnLife,
} from '@/lib/tokens/authority'
import { digestOfLegacySha256 } from '@/lib/tokens/digest'
import type { TokenSummary } from '@/lib/tokens/model'
import { tellOwner } from '@/lib/tokens/notices'
import { selectTokens } from '@/lib/tokens/rows'
import type { ImportTokensInput } from '@/lib/tokens/schema'

type ImportedKey = ImportTokensInput['tokens'][number]

/**
 * Takes over keys of the older system (`fx_live_…`, `fxn_live_…`) by their SHA-256: they work as bearer
 * tokens until rotated. Whoever imports a digest may know its key, so the limits of minting hold.
 * All or nothing.
 * @throws DomainError forbidden | invalid (by index) | conflict `token_exists`
 */
export async function importTokens(
  ctx: Context,
  input: ImportTokensInput,
): Promise<{ imported: TokenSummary[] }> {
  authorizeMinting(ctx)
  requireOrganizationInventory(ctx.principal)
  for (const [index, key] of input.tokens.entries()) {
    requireWithinCeiling(ctx.principal, key.scopes)
    requireWithinOwnLife(ctx.principal, key.expiresAt ?? null)
    if (key.expiresAt != null && key.expiresAt <= ctx.now) {
      throw invalid([{ pointer: `/tokens/${index}/expiresAt`, detail: 'It has passed already.' }])
    }
  }
  const ids = await sqlTransaction(ctx.db.pool, async (client) => {
    await requireServiceAccounts(client, ctx, input.tokens)
    const planned = input.tokens.map((key) => ({ ...key, id: newId() }))
    for (const key of planned) await tellOfImport(client, ctx, key)
    for (const [index, key] of planned.entries()) await insertImported(client, ctx, key, index)
    return planned.map(({ id }) => id)
  })
  const imported = await selectTokens(ctx.db.pool, {
    organizationId: ctx.organization.id,
    policy: ctx.organization.policy,
    where: 't.id = ANY ($2::uuid[])',
    values: [ids],
  })
  return { imported }
}

async function requireServiceAccounts(
  client: pg.PoolClient,
  ctx: Context,
  keys: readonly ImportedKey[],
): Promise<void> {
  const found = await client.query<{ id: string; scopes: string[] }>(
    'SELECT id, scopes FROM service_accounts WHERE organization_id = $1 AND revoked_at IS NULL',
    [ctx.organization.id],
  )
  const grants = new Map(found.rows.map((row) => [row.id, new Set(row.scopes)]))
  for (const [index, key] of keys.entries()) {
    if (key.serviceAccountId == null) continue
    const grant = grants.get(key.serviceAccountId)
    if (!grant) {
      throw invalid([
        {
          pointer: `/tokens/${index}/serviceAccountId`,
          detail: 'There is no such service account.',
        },
      ])
    }
    const beyond = key.scopes.filter((scope) => !grant.has(scope))
    if (beyond.length > 0) {
      throw invalid([
        {
          pointer: `/tokens/${index}/scopes`,
          detail: `The service account was not granted ${beyond.join(', ')}.`,
        },
      ])
    }
  }
}

async function tellOfImport(
  client: pg.PoolClient,
  ctx: Context,
  { id, name, serviceAccountId }: ImportedKey & { id: string },
): Promise<void> {
  const userId = personOf(ctx.principal)
  if (serviceAccountId != null || userId === null) return
  const owner = { type: 'user', id: userId, label: '' } as const
  await tellOwner(client, ctx, { id, familyId: id, name, owner }, 'IMPORTED')
}

async function insertImported(
  client: pg.PoolClient,
  ctx: Context,
  key: ImportedKey & { id: string },
  index: number,
): Promise<void> {
  const { id } = key
  const actor = actorOf(ctx.principal)
  const scopes = normalizeScopes(key.scopes)
  const payload = auditPayload(ctx, {
    eventType: 'IMPORTED',
    target: { type: 'token', id, label: key.name, familyId: id },
    details: { scopes, expiresAt: key.expiresAt ?? null, keyPrefix: key.keyPrefix },
  })
  const result = await client.query(
    `WITH fresh AS (
       INSERT INTO tokens (organization_id, id, family_id, type, format, name, digest, pepper_version,
         display_prefix, last4, scopes, owner_user_id, service_account_id, created_by_id,
         created_by_label, created_at, modified_at, expires_at)
       VALUES ($1, $2, $2, $3::token_type, 'LEGACY', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
         to_timestamp($14 / 1000.0), to_timestamp($14 / 1000.0), to_timestamp($15 / 1000.0))
       ON CONFLICT (digest) DO NOTHING RETURNING organization_id)
     SELECT audit.append(fresh.organization_id, $16::uuid, $17) FROM fresh`,
    [
      ctx.organization.id,
      id,
      key.serviceAccountId ? 'SERVICE_ACCOUNT' : 'USER',
      key.name,
      digestOfLegacySha256(ctx.crypto.peppers, key.sha256),
      ctx.crypto.peppers.current.version,
      key.keyPrefix,
      key.last4,
      scopes,
      key.serviceAccountId ? null : personOf(ctx.principal),
      key.serviceAccountId ?? null,
      actor.id,
      actor.label,
      ctx.now,
      key.expiresAt ?? null,
      newId(),
      payload,
    ],
  )
  if (result.rowCount !== 1) {
    throw new DomainError('conflict', 'token_exists', 'This key was imported before.', {
      errors: [{ pointer: `/tokens/${index}/sha256`, detail: 'This key was imported before.' }],
    })
  }
}
