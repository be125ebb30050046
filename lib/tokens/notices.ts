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
 * before the audit event. Never of what they did themselves, nor of a token that acts on itself.
 */
export async function tellOwner(
  client: Client,
  ctx: Context,
  token: { id: string; familyId: string; name: string; owner: TokenOwner },
  change: Exclude<TokenChange, Frequent>,
): Promise<void> {
  if (isOwnDoing(ctx.principal, token)) return
  const idempotencyKey = `token-changed/${token.id}/${change}/${ctx.request.id}`
  await tell(client, ctx, token, { change, idempotencyKey })
}

const HOUR_MS = 3_600_000

/** What programs do in numbers: their owner is told once an hour of each, with the first as its example. */
type Frequent = 'MINTED' | 'ROTATED'

/**
 * The same for all that one token mints, or rotates, in an hour: a program that makes a token for each of its
 * jobs is told of once, and costs its calls no more than a look.
 */
function hourlyKey({ principal, now }: Context, change: Frequent): string {
  const actor = principal.kind === 'token' ? principal.familyId : principal.userId
  return `token-${change.toLowerCase()}-by/${actor}/${Math.floor(now / HOUR_MS)}`
}

/** Of which this process has seen that they were told, so that only the first calls of an hour ask. */
const seenTold = { hour: 0, keys: new Set<string>() }

function rememberTold(key: string, now: number): void {
  const hour = Math.floor(now / HOUR_MS)
  if (hour !== seenTold.hour) {
    seenTold.hour = hour
    seenTold.keys.clear()
  }
  seenTold.keys.add(key)
}

/**
 * Whether it is news to the owner of this personal token that the caller made it or replaced it, of which
 * `tellOfFrequent` then tells them. Never what they did themselves.
 */
export async function isNews(
  ctx: Context,
  token: { familyId: string; owner: TokenOwner },
  change: Frequent,
): Promise<boolean> {
  if (token.owner.type !== 'user' || isOwnDoing(ctx.principal, token)) return false
  const key = hourlyKey(ctx, change)
  if (seenTold.keys.has(key)) return false
  const { rowCount } = await ctx.db.pool.query({
    name: 'is-news',
    text: 'SELECT 1 FROM notifications WHERE user_id = $1 AND idempotency_key = $2',
    values: [token.owner.id, key],
  })
  if (rowCount === 0) return true
  rememberTold(key, ctx.now)
  return false
}

/** Tells the owner what a token of theirs did, once an hour. Call it before the audit event. */
export async function tellOfFrequent(
  client: Client,
  ctx: Context,
  token: { id: string; name: string; owner: TokenOwner },
  change: Frequent,
): Promise<void> {
  await tell(client, ctx, token, { change, idempotencyKey: hourlyKey(ctx, change) })
}

async function tell(
  client: Client,
  ctx: Context,
  token: { id: string; name: string; owner: TokenOwner },
  { change, idempotencyKey }: { change: TokenChange; idempotencyKey: string },
): Promise<void> {
  if (token.owner.type !== 'user') return
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

/** A program that rotates its own secret on schedule is no news. */
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
