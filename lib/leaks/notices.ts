import type pg from 'pg'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { LeakOutcome, Sighting } from '@/lib/leaks/model'
import { notify } from '@/lib/notifications/notify'
import type { Recipient } from '@/lib/notifications/recipients'
import { DAY_MS } from '@/lib/tokens/model'

type Client = Pick<pg.PoolClient, 'query'>

interface NamedToken {
  organizationId: string
  tokenId: string
  name: string
  displayPrefix: string
  integrationId: string | null
}

/**
 * Tells the owner and every admin. The address is told where GitHub vouches for it: what a stranger wrote stands
 * in the list of leaks, and in nobody's e-mail. Call it before the audit event.
 */
export async function tellOfLeak(
  client: Client,
  sealer: EmailLinkSealer,
  token: NamedToken,
  leak: { outcome: Exclude<LeakOutcome, 'ALREADY_ENDED'>; sighting: Sighting; at: number },
): Promise<void> {
  const { outcome, sighting, at } = leak
  const { serviceAccountName, recipients } = await audienceOf(client, token)
  // Dead, it is told of once; alive, once a day while reports go on.
  const once = outcome === 'REVOKED' ? 'revoked' : `alive/${Math.floor(at / DAY_MS)}`
  await notify(client, sealer, {
    kind: 'token-leaked',
    facts: {
      outcome,
      source: sighting.source,
      url: sighting.source === 'GITHUB' ? sighting.url : null,
      tokenId: token.tokenId,
      tokenName: token.name,
      serviceAccountName,
      integrationId: token.integrationId,
      displayPrefix: token.displayPrefix,
      at,
    },
    organizationId: token.organizationId,
    recipients,
    idempotencyKey: `token-leaked/${token.tokenId}/${once}`,
  })
}

/** The owner while they are a member, and every admin. */
async function audienceOf(
  client: Client,
  { organizationId, tokenId }: NamedToken,
): Promise<{ serviceAccountName: string | null; recipients: Recipient[] }> {
  const { rows } = await client.query<{
    serviceAccountName: string | null
    userId: string | null
    reason: 'OWNER' | 'ADMIN'
  }>(
    `SELECT s.name AS "serviceAccountName", m.user_id AS "userId",
       CASE WHEN m.user_id = t.owner_user_id THEN 'OWNER' ELSE 'ADMIN' END AS reason
     FROM tokens t
     LEFT JOIN service_accounts s
       ON s.organization_id = t.organization_id AND s.id = t.service_account_id
     LEFT JOIN memberships m ON m.organization_id = t.organization_id
       AND (m.role = 'ADMIN' OR m.user_id = t.owner_user_id)
     WHERE t.organization_id = $1 AND t.id = $2`,
    [organizationId, tokenId],
  )
  return {
    serviceAccountName: rows[0]?.serviceAccountName ?? null,
    recipients: rows.flatMap(({ userId, reason }) => (userId === null ? [] : [{ userId, reason }])),
  }
}
