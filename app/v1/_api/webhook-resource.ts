import { z } from '@hono/zod-openapi'
import { epochMs, epochMsOrNull, pageOf } from '@/app/v1/_api/wire-schema'
import { PROVIDER_FACTS, WEBHOOK_PROVIDERS, type Webhook } from '@/lib/inbound/model'

/** Endpoints of other systems on the wire. */

export const secretFactsSchema = z.strictObject({
  createdAt: epochMs,
  formerUntil: epochMsOrNull.openapi({
    description: 'Until when the one before is good too. Null = there is none.',
  }),
})

export const webhookSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    provider: z.enum(WEBHOOK_PROVIDERS),
    address: z.url().openapi({ description: 'Where its sender delivers to.' }),
    subscriptionCount: z
      .int()
      .openapi({ description: 'Of those who take what comes in; without any it is only kept.' }),
    paused: z.boolean().openapi({ description: 'Deliveries are taken, and held.' }),
    pausedAt: epochMsOrNull,
    providerSecret: secretFactsSchema.nullable().openapi({
      description: 'Checks what comes in. Null = not set yet, or tokens do it.',
    }),
    createdBy: z.string(),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('Webhook')

export const webhookPageSchema = pageOf(webhookSchema, 'WebhookPage')

export const rotatedWebhookSecretSchema = z
  .strictObject({
    webhook: webhookSchema,
    secret: z.string().nullable().openapi({
      description:
        'The new one, shown this once. Null where the caller sent it, or an Idempotency-Key is replayed.',
      example: 'whsec_…',
    }),
  })
  .openapi('RotatedWebhookSecret')

/** @param at where the API is reached, and the slug of the organization */
export function webhookToWire(webhook: Webhook, at: { publicUrl: string; slug: string }) {
  const { id, name, provider, pausedAt, createdByLabel, createdAt, modifiedAt } = webhook
  return {
    id,
    name,
    provider,
    address: `${at.publicUrl}/v1/tenants/${at.slug}/webhooks/${PROVIDER_FACTS[provider].path}/${id}`,
    subscriptionCount: webhook.subscribers.length,
    paused: pausedAt !== null,
    pausedAt,
    providerSecret: webhook.providerSecret,
    createdBy: createdByLabel,
    createdAt,
    modifiedAt,
  }
}
