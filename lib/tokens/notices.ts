import type pg from 'pg'
import { actorOf, type Principal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { notify } from '@/lib/notifications/notify'
import type { Recipient } from '@/lib/notifications/recipients'
import type { TokenChange } from '@/lib/notifications/token-kinds'
import type { TokenOwner } from '@/lib/tokens/model'

/** Who is told of what happens to a token. */

type Client = Pick<pg.PoolClient, 'query'>

/**
 * Tells the owner of a personal token that somebody or something other than them did this to it. Call it
 * before the audit event. Never of what they did themselves, nor of a token that acts on itself: a program
 * that rotates its own secret on schedule is no news.
 */
export async function tellOwner(
  client: Client,
  ctx: Context,
  token: { id: string; familyId: string; name: string; owner: TokenOwner },
  change: Exclude<TokenChange, 'MINTED'>,
): Promise<void> {
  if (token.owner.type !== 'user' || isOwnDoing(ctx.principal, token)) return
  const idempotencyKey = `token-changed/${token.id}/${change}/${ctx.request.id}`
  await tell(client, ctx, token, { change, idempotencyKey })
}

const HOUR_MS = 3_600_000

/**
 * The same for all that one token mints in an hour: a program that makes a token for each of its jobs is told
 * of once, and costs its calls no more than a look.
 */
function mintingKey({ principal, now }: Context): string {
  const minter = principal.kind === 'token' ? principal.familyId : principal.userId
  return `token-minted-by/${minter}/${Math.floor(now / HOUR_MS)}`
}

/** Whether minting a personal token by this caller is news to its owner, whom `tellOfMinting` then tells. */
export async function isMintingNews(ctx: Context): Promise<boolean> {
  const { principal } = ctx
  if (principal.kind === 'user' || principal.owner.type !== 'user') return false
  const { rowCount } = await ctx.db.pool.query({
    name: 'is-minting-news',
    text: 'SELECT 1 FROM notifications WHERE user_id = $1 AND idempotency_key = $2',
    values: [principal.owner.userId, mintingKey(ctx)],
  })
  return rowCount === 0
}

/** Tells the owner that a token of theirs made another one, once an hour. Call it before the audit event. */
export async function tellOfMinting(
  client: Client,
  ctx: Context,
  token: { id: string; name: string; owner: TokenOwner },
): Promise<void> {
  if (token.owner.type !== 'user') return
  await tell(client, ctx, token, { change: 'MINTED', idempotencyKey: mintingKey(ctx) })
}

async function tell(
  client: Client,
  ctx: Context,
  token: { id: string; name: string; owner: TokenOwner },
  { change, idempotencyKey }: { change: TokenChange; idempotencyKey: string },
): Promise<void> {
  await notify(client, ctx.crypto.emailLinks, {
    kind: 'token-changed',
    facts: {
      change,
      tokenId: token.id,
      tokenName: token.name,
      serviceAccountName: null,
      by: actorOf(ctx.principal).label,
      at: ctx.now,
    },
    organizationId: ctx.organization.id,
    recipients: [{ userId: token.owner.id, reason: 'OWNER' }],
    idempotencyKey,
  })
}

function isOwnDoing(principal: Principal, token: { familyId: string; owner: TokenOwner }): boolean {
  return principal.kind === 'user'
    ? principal.userId === token.owner.id
    : principal.familyId === token.familyId
}

export interface Audience {
  /** Null for a personal token. */
  serviceAccountName: string | null
  recipients: Recipient[]
}

/** The owner; every admin for the token of a service account, and for one whose owner has left. */
export async function audienceOf(
  client: Client,
  token: { organizationId: string; tokenId: string },
): Promise<Audience> {
  const { rows } = await client.query<{
    serviceAccountName: string | null
    userId: string | null
    reason: Recipient['reason']
  }>(
    `SELECT s.name AS "serviceAccountName", m.user_id AS "userId",
       CASE WHEN m.user_id = t.owner_user_id THEN 'OWNER' ELSE 'ADMIN' END AS reason
     FROM tokens t
     LEFT JOIN service_accounts s
       ON s.organization_id = t.organization_id AND s.id = t.service_account_id
     LEFT JOIN memberships own
       ON own.organization_id = t.organization_id AND own.user_id = t.owner_user_id
     LEFT JOIN memberships m ON m.organization_id = t.organization_id
       AND CASE WHEN own.user_id IS NULL THEN m.role = 'ADMIN' ELSE m.user_id = own.user_id END
     WHERE t.organization_id = $1 AND t.id = $2`,
    [token.organizationId, token.tokenId],
  )
  return {
    serviceAccountName: rows[0]?.serviceAccountName ?? null,
    recipients: rows.flatMap(({ userId, reason }) => (userId === null ? [] : [{ userId, reason }])),
  }
}
