import type { Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { createServiceAccount } from '@/lib/service-accounts/credentials'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { mintToken } from '@/lib/tokens/mint'
import type { MintedToken, TokenSummary } from '@/lib/tokens/model'
import { rotateToken } from '@/lib/tokens/rotate'
import type { MintTokenInput, RotateTokenInput } from '@/lib/tokens/schema'
import type { TokenVerifier } from '@/lib/tokens/verify'

/** A token with the secret that only its maker saw. */
export interface HeldToken {
  id: string
  secret: string
  summary: TokenSummary
}

function held({ token, summary }: MintedToken): HeldToken {
  if (token === null) throw new Error('This was a replay: it has no secret.')
  return { id: summary.id, secret: token, summary }
}

/** A personal token of the context's person; by default it may look after tokens for 90 days. */
export async function mint(ctx: Context, traits: MintTokenInput = {}): Promise<HeldToken> {
  const input = { name: 'prod-server', expirationDays: 90, ...traits }
  const scopes: Scope[] = ['agents:read', 'keys:read', 'keys:write']
  return held(await mintToken(ctx, traits.preset ? input : { scopes, ...input }))
}

/** Rotates and hands out the replacement. */
export async function rotate(
  ctx: Context,
  tokenId: string,
  overrides: RotateTokenInput = {},
): Promise<HeldToken> {
  return held(await rotateToken(ctx, { tokenId, ...overrides }))
}

/** A service account with its first token. */
export async function provision(
  ctx: Context,
  scopes: Scope[] = ['agents:read', 'agents:execute', 'keys:read'],
): Promise<{ account: ServiceAccountSummary; token: HeldToken }> {
  const made = await createServiceAccount(ctx, { name: 'deploy-bot', scopes })
  return { account: made.serviceAccount, token: held(made.minted) }
}

/**
 * Lets time pass for one organization's tokens without waiting: every date they carry moves into the
 * past. Expiry is decided by the database's clock, so nothing else would do.
 */
export async function letPass(
  db: Database,
  organizationId: string,
  time: { milliseconds: number },
): Promise<void> {
  const dates = ['created_at', 'modified_at', 'expires_at', 'revoked_at', 'rotated_at']
  const uses = ['last_used_at', 'refused_use_at']
  const moved = [...dates, ...uses].map((column) => `${column} = ${column} - $2::interval`)
  await db.pool.query(`UPDATE tokens SET ${moved.join(', ')} WHERE organization_id = $1`, [
    organizationId,
    `${time.milliseconds} milliseconds`,
  ])
}

/** What the verifier says of a secret: 'accepted', or the code of its refusal. */
export async function verdictOn(verifier: TokenVerifier, secret: string): Promise<string> {
  const verification = await verifier.verify(secret)
  return verification.outcome === 'accepted' ? 'accepted' : verification.code
}
