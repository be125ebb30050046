import type pg from 'pg'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import { onceForKey } from '@/lib/idempotency'
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
import { replaceSecret } from '@/lib/inbound/secret-rows'
import { isUsableSecret, newSigningSecret } from '@/lib/inbound/signatures'

export interface RotatedWebhookSecret {
  webhook: Webhook
  /** The one we made, this once; null where the caller brought it, or has been shown it. */
  secret: string | null
}

/**
 * Sets or replaces the secret that a sender signs with. The one before is good for some hours more, so that the sender
 * can change over without losing a delivery: what comes in may be signed by either.
 * @throws DomainError forbidden | not-found | invalid `webhook_has_no_secret` | invalid at /secret | idempotency-mismatch
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
    const owner = { webhookId: before.id, subscriptionId: null }
    await replaceSecret(client, ctx, owner, { secret, overlapHours })
    const webhook = await requireWebhook(client, ctx, before.id)
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_SECRET_ROTATED',
      target: webhookTarget(webhook),
      details: {
        secretOf: 'what comes in',
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
  { secret }: Pick<RotateWebhookSecretInput, 'secret'>,
): string {
  const { signed, secretByUs, label } = PROVIDER_FACTS[provider]
  if (!signed) {
    throw invalid(
      [{ pointer: '', detail: 'Deliveries of this endpoint carry a token: it has no secret.' }],
      'webhook_has_no_secret',
    )
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
