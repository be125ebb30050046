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
  change: TokenChange,
): Promise<void> {
  if (token.owner.type !== 'user' || isOwnDoing(ctx.principal, token)) return
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
    idempotencyKey: `token-changed/${token.id}/${change}/${ctx.request.id}`,
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
