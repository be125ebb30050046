import type pg from 'pg'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import {
  authorizeInboundSecrets,
  type Keyed,
  lockedWebhook,
  requireWebhook,
  webhookTarget,
} from '@/lib/inbound/commands'
import { OVERLAP_HOURS_DEFAULT } from '@/lib/inbound/limits'
import { PROVIDER_FACTS, type Webhook } from '@/lib/inbound/model'
import { getWebhook } from '@/lib/inbound/queries'
import type { RotateWebhookSecretInput } from '@/lib/inbound/schema'
import { isUsableSecret, newSigningSecret } from '@/lib/inbound/signatures'
import { onceForKey } from '@/lib/tokens/idempotency'

export interface RotatedWebhookSecret {
  webhook: Webhook
  /** The one we made, this once; null where the caller brought it, or has been shown it. */
  secret: string | null
}

/**
 * Sets or replaces a signing secret. The one before is good for some hours more, so that the other side can change
 * over without losing a delivery: what comes in may be signed by either, what goes out is signed by both.
 * @throws DomainError forbidden | not-found | invalid at /purpose or /secret | idempotency-mismatch
 */
export async function rotateWebhookSecret(
  ctx: Context,
  input: RotateWebhookSecretInput & { webhookId: string },
  options: Keyed = {},
): Promise<RotatedWebhookSecret> {
  authorizeInboundSecrets(ctx)
  const overlapHours = input.overlapHours ?? OVERLAP_HOURS_DEFAULT
  const rotate = async (client: pg.PoolClient): Promise<RotatedWebhookSecret> => {
    const before = await lockedWebhook(client, ctx, input.webhookId)
    const secret = chosenSecret(before, input)
    await replace(client, ctx, {
      webhookId: before.id,
      purpose: input.purpose,
      secret,
      overlapHours,
    })
    const webhook = await requireWebhook(client, ctx, before.id)
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_SECRET_ROTATED',
      target: webhookTarget(webhook),
      details: {
        secretOf: input.purpose === 'PROVIDER' ? 'what comes in' : 'what is forwarded',
        madeBy: input.secret ? 'the sender' : 'us',
        overlapHours,
      },
    })
    return { webhook, secret: input.secret ? null : secret }
  }
  // A digest of it is kept, and a secret that somebody else thought of may be easy to guess.
  const told = { ...input, secret: input.secret ? 'theirs' : null }
  const operation = { name: 'webhooks:rotateSecret', key: options.idempotencyKey, input: told }
  const outcome = await onceForKey(ctx, operation, rotate, ({ webhook }) => webhook.id)
  return 'made' in outcome
    ? outcome.made
    : { webhook: await getWebhook(ctx, { webhookId: outcome.replayedId }), secret: null }
}

function chosenSecret(
  { provider }: Webhook,
  { purpose, secret }: Pick<RotateWebhookSecretInput, 'purpose' | 'secret'>,
): string {
  const { signed, secretByUs, label } = PROVIDER_FACTS[provider]
  if (purpose === 'FORWARD') {
    if (!secret) return newSigningSecret()
    throw invalid([{ pointer: '/secret', detail: 'This secret is made here: leave it out.' }])
  }
  if (!signed) {
    throw invalid([{ pointer: '/purpose', detail: 'Deliveries of this endpoint carry a token.' }])
  }
  if (!secret) {
    if (secretByUs) return newSigningSecret()
    throw invalid([{ pointer: '/secret', detail: `Paste the signing secret that ${label} shows.` }])
  }
  if (isUsableSecret(provider, secret)) return secret
  throw invalid([
    {
      pointer: '/secret',
      detail:
        provider === 'STANDARD'
          ? 'Paste it as the sender shows it: whsec_ and 24 to 64 bytes in base64.'
          : 'Use letters, digits and punctuation, without spaces.',
    },
  ])
}

interface Replacement {
  webhookId: string
  purpose: 'PROVIDER' | 'FORWARD'
  secret: string
  overlapHours: number
}

/** Of more than two the oldest ends: an overlap is for changing over, not for collecting. */
async function replace(
  client: pg.PoolClient,
  ctx: Context,
  { webhookId, purpose, secret, overlapHours }: Replacement,
): Promise<void> {
  const of = [ctx.organization.id, webhookId, purpose]
  await client.query(
    `DELETE FROM inbound.secret
     WHERE organization_id = $1 AND endpoint_id = $2 AND purpose = $3 AND expires_at IS NOT NULL`,
    of,
  )
  await client.query(
    overlapHours === 0
      ? `DELETE FROM inbound.secret WHERE organization_id = $1 AND endpoint_id = $2 AND purpose = $3
           AND $4::int = 0`
      : `UPDATE inbound.secret SET expires_at = clock_timestamp() + make_interval(hours => $4)
         WHERE organization_id = $1 AND endpoint_id = $2 AND purpose = $3`,
    [...of, overlapHours],
  )
  const id = newId()
  await client.query(
    `INSERT INTO inbound.secret (organization_id, endpoint_id, id, purpose, sealed, created_at)
     VALUES ($1, $2, $4, $3, $5, clock_timestamp())`,
    [...of, id, ctx.crypto.webhookSecrets.seal(id, secret)],
  )
}
