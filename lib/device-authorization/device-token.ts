import type pg from 'pg'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import type { Grant } from '@/lib/device-authorization/grants'
import { deviceTokenName } from '@/lib/device-authorization/model'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'
import { type InsertedToken, insertToken } from '@/lib/tokens/insert'
import type { TokenSummary } from '@/lib/tokens/model'
import { replaceToken } from '@/lib/tokens/rotate'
import { selectTokens } from '@/lib/tokens/rows'

/**
 * The token of an approved grant, in the transaction that uses the grant up: the live one of the same device of the
 * same person is replaced in place, else one is minted and told of. The audit event is the last statement.
 */
export async function issueDeviceToken(
  client: pg.PoolClient,
  ctx: Context<UserPrincipal>,
  grant: Grant,
): Promise<InsertedToken> {
  const name = deviceTokenName(grant)
  const { scopes, tokenExpiresAt: expiresAt } = grant
  const former = await formerToken(client, ctx, grant)
  if (former) {
    await rememberFamily(client, ctx, grant, former.familyId)
    const plan = { name, scopes, expiresAt, graceSeconds: 0, isTold: false }
    return replaceToken(client, ctx, former, plan)
  }
  const id = newId()
  await rememberFamily(client, ctx, grant, id)
  await tellSignedIn(client, ctx, { grant, id, name })
  const owner = {
    type: 'user',
    id: ctx.principal.userId,
    label: ctx.principal.displayName,
  } as const
  return insertToken(
    client,
    ctx,
    { id, type: 'USER', name, scopes, expiresAt, owner },
    { type: 'MINTED', details: { scopes, expiresAt, signedIn: grant.clientName } },
  )
}

/** The token that this device of this person still has here: only a live one is replaced. */
async function formerToken(
  client: pg.PoolClient,
  ctx: Context<UserPrincipal>,
  { deviceId }: Grant,
): Promise<TokenSummary | null> {
  if (deviceId === null) return null
  const { rows } = await client.query<{ familyId: string }>(
    `SELECT family_id AS "familyId" FROM device_logins
     WHERE organization_id = $1 AND user_id = $2 AND device_id = $3 FOR UPDATE`,
    [ctx.organization.id, ctx.principal.userId, deviceId],
  )
  const familyId = rows[0]?.familyId
  if (!familyId) return null
  // Locked, so that a rotation in the dashboard at the same moment is waited for.
  await client.query(
    'SELECT 1 FROM tokens WHERE organization_id = $1 AND family_id = $2 ORDER BY id FOR UPDATE',
    [ctx.organization.id, familyId],
  )
  const [token] = await selectTokens(client, {
    organizationId: ctx.organization.id,
    policy: ctx.organization.policy,
    where:
      't.family_id = $2 AND t.owner_user_id = $3 AND t.rotated_at IS NULL AND t.revoked_at IS NULL',
    values: [familyId, ctx.principal.userId],
  })
  return token && token.state !== 'expired' ? token : null
}

/** By mail too, and at once: whoever was talked into approving a stranger's code learns what they did. */
async function tellSignedIn(
  client: pg.PoolClient,
  ctx: Context<UserPrincipal>,
  made: { grant: Grant; id: string; name: string },
): Promise<void> {
  await notify(client, ctx.crypto.emailLinks, {
    kind: 'new-sign-in',
    facts: { device: made.name, tokenId: made.id, ip: ctx.request.ip, at: ctx.now },
    organizationId: ctx.organization.id,
    recipients: [{ userId: ctx.principal.userId, reason: 'ACCOUNT' }],
    idempotencyKey: `device-signed-in:${made.grant.id}`,
  })
}

async function rememberFamily(
  client: pg.PoolClient,
  ctx: Context<UserPrincipal>,
  { deviceId }: Grant,
  familyId: string,
): Promise<void> {
  if (deviceId === null) return
  await client.query(
    `INSERT INTO device_logins (organization_id, user_id, device_id, family_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization_id, user_id, device_id)
     DO UPDATE SET family_id = excluded.family_id, signed_in_at = now()`,
    [ctx.organization.id, ctx.principal.userId, deviceId, familyId],
  )
}
