import { z } from '@hono/zod-openapi'
import { epochMs, epochMsOrNull, pageOf } from '@/app/v1/_api/wire-schema'
import { PROVIDER_FACTS, TARGET_KINDS, WEBHOOK_PROVIDERS, type Webhook } from '@/lib/inbound/model'

/** Endpoints of other systems on the wire. */

const secretSchema = z.strictObject({
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
    targetKind: z.enum(TARGET_KINDS),
    targetUrl: z
      .string()
      .nullable()
      .openapi({ description: 'Where deliveries are forwarded to; null for other kinds.' }),
    targetAgentId: z
      .string()
      .nullable()
      .openapi({ description: 'Which agent each delivery is run by; null for other kinds.' }),
    paused: z.boolean().openapi({ description: 'Deliveries are taken, and held.' }),
    pausedAt: epochMsOrNull,
    providerSecret: secretSchema.nullable().openapi({
      description: 'Checks what comes in. Null = not set yet, or tokens do it.',
    }),
    forwardSecret: secretSchema.openapi({ description: 'Signs what is forwarded.' }),
    createdBy: z.string(),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('Webhook')

export const webhookPageSchema = pageOf(webhookSchema, 'WebhookPage')

export const createdWebhookSchema = z
  .strictObject({
    webhook: webhookSchema,
    forwardSecret: z.string().nullable().openapi({
      description:
        'Signs what is forwarded, shown this once. Null where an Idempotency-Key is replayed.',
      example: 'whsec_…',
    }),
  })
  .openapi('CreatedWebhook')

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
  const { id, name, provider, target, pausedAt, createdByLabel, createdAt, modifiedAt } = webhook
  return {
    id,
    name,
    provider,
    address: `${at.publicUrl}/v1/tenants/${at.slug}/webhooks/${PROVIDER_FACTS[provider].path}/${id}`,
    targetKind: target.kind,
    targetUrl: target.kind === 'HTTP' ? target.url : null,
    targetAgentId: target.kind === 'AGENT' ? target.agentId : null,
    paused: pausedAt !== null,
    pausedAt,
    providerSecret: webhook.providerSecret,
    forwardSecret: webhook.forwardSecret,
    createdBy: createdByLabel,
    createdAt,
    modifiedAt,
  }
}
