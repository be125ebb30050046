import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { notify } from '@/lib/notifications/notify'
import { DAY_MS } from '@/lib/tokens/model'
import { audienceOf } from '@/lib/tokens/notices'

/** Days before the end at which people are told, the tightest first. */
export const EXPIRY_STEPS = [1, 7, 30] as const

const BATCH = 500

interface ExpiryRuntime {
  db: Pick<Database, 'pool'>
  crypto: { emailLinks: EmailLinkSealer }
}

interface ExpiringToken {
  organizationId: string
  tokenId: string
  tokenName: string
  displayPrefix: string
  /** Epoch ms. */
  createdAt: number
  /** Epoch ms; the organization's policy counted in. */
  expiresAt: number
}

/** What `effectiveExpiry` (lib/tokens/model.ts) says, in SQL; least() passes over null. */
const EFFECTIVE_EXPIRY = `least(t.expires_at,
  t.created_at + interval '24 hours' * o.token_max_lifetime_days)`

/**
 * Tells the owner of each token that ends within 30 days, 7 days or 1 day, or the admins for a service
 * account: once for each step and end, also where the end is moved. After a downtime only the tightest step
 * that was missed is told. A step that is not shorter than the token's whole life says nothing.
 * @param now epoch ms
 * @returns how many tokens people were told of just now
 */
export async function tellOfExpiringTokens(runtime: ExpiryRuntime, now: number): Promise<number> {
  let told = 0
  let last: string | null = null
  do {
    const tokens: ExpiringToken[] = await expiringTokens(runtime, now, last)
    for (const token of tokens) if (await tell(runtime, token, now)) told++
    last = tokens.length === BATCH ? (tokens.at(-1)?.tokenId ?? null) : null
  } while (last !== null)
  return told
}

/** Live and usable ones, in the order of their ids. */
async function expiringTokens(
  { db }: ExpiryRuntime,
  now: number,
  after: string | null,
): Promise<ExpiringToken[]> {
  const { rows } = await db.pool.query<ExpiringToken>(
    `SELECT t.organization_id AS "organizationId", t.id AS "tokenId", t.name AS "tokenName",
       t.display_prefix AS "displayPrefix",
       (extract(epoch from t.created_at) * 1000)::float8 AS "createdAt",
       (extract(epoch from ${EFFECTIVE_EXPIRY}) * 1000)::float8 AS "expiresAt"
     FROM tokens t JOIN organizations o ON o.id = t.organization_id
     LEFT JOIN service_accounts s
       ON s.organization_id = t.organization_id AND s.id = t.service_account_id
     WHERE t.revoked_at IS NULL AND t.rotated_at IS NULL
       AND s.suspended_at IS NULL AND s.revoked_at IS NULL
       AND (t.expires_at IS NOT NULL OR NOT o.token_expiry_required)
       AND ${EFFECTIVE_EXPIRY} > to_timestamp($1::float8 / 1000)
       AND ${EFFECTIVE_EXPIRY} <= to_timestamp($1::float8 / 1000) + interval '24 hours' * $2
       AND ($3::uuid IS NULL OR t.id > $3)
     ORDER BY t.id LIMIT ${BATCH}`,
    [now, Math.max(...EXPIRY_STEPS), after],
  )
  return rows
}

/** Pure: the tightest step that has come, or null where it says nothing of a token with such a life. */
export function stepOf(
  { createdAt, expiresAt }: Pick<ExpiringToken, 'createdAt' | 'expiresAt'>,
  now: number,
): number | null {
  const step = EXPIRY_STEPS.find((days) => expiresAt - now <= days * DAY_MS)
  return step !== undefined && expiresAt - createdAt > step * DAY_MS ? step : null
}

/** The same for the same token, end and step: `notify` tells nobody twice. */
export function expiryKey(tokenId: string, expiresAt: number, days: number): string {
  return `token-expiring/${tokenId}/${expiresAt}/${days}`
}

async function tell(
  { db, crypto }: ExpiryRuntime,
  token: ExpiringToken,
  now: number,
): Promise<boolean> {
  const days = stepOf(token, now)
  if (days === null) return false
  const { organizationId, createdAt: _, ...facts } = token
  const { serviceAccountName, recipients } = await audienceOf(db.pool, token)
  const idempotencyKey = expiryKey(token.tokenId, token.expiresAt, days)
  const missing = await withoutNotice(db, recipients, idempotencyKey)
  if (missing.length === 0) return false
  await sqlTransaction(db.pool, (client) =>
    notify(client, crypto.emailLinks, {
      kind: 'token-expiring',
      facts: { ...facts, serviceAccountName, days },
      organizationId,
      recipients: missing,
      idempotencyKey,
    }),
  )
  return true
}

/** Asked first because it is nearly always nobody: most hours most tokens are told of already. */
async function withoutNotice<Recipient extends { userId: string }>(
  db: Pick<Database, 'pool'>,
  recipients: readonly Recipient[],
  idempotencyKey: string,
): Promise<Recipient[]> {
  const { rows } = await db.pool.query<{ userId: string }>(
    `SELECT user_id AS "userId" FROM notifications
     WHERE user_id = ANY($1::uuid[]) AND idempotency_key = $2`,
    [recipients.map(({ userId }) => userId), idempotencyKey],
  )
  const told = new Set(rows.map(({ userId }) => userId))
  return recipients.filter(({ userId }) => !told.has(userId))
}
