import { z } from 'zod'
import { filterComplaint } from '@/lib/inbound/event-filter'
import {
  OVERLAP_HOURS_MAX,
  PROVIDER_SECRET_MAX,
  PROVIDER_SECRET_MIN,
  TARGET_URL_MAX,
  WEBHOOK_NAME_MAX,
} from '@/lib/inbound/limits'
import { SUBSCRIBER_TYPES, WEBHOOK_PROVIDERS } from '@/lib/inbound/model'

/** Inputs of the commands about endpoints (contract.md section 7; names of fields are ours where it has none). */

/** Longer than any; what it may be, lib/inbound/subscriber-rules.ts says. */
const SUBSCRIBER_ID_MAX = 200

/** Also halves of surrogate pairs, on which the audit log would fail. */
const NO_TEXT = /[\p{Cc}\p{Cs}]/u

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(WEBHOOK_NAME_MAX, `Use at most ${WEBHOOK_NAME_MAX} characters.`)
  .refine((name) => !NO_TEXT.test(name), 'Use letters, digits and punctuation only.')

/** Its form only; whether it may be reached is for lib/inbound/target-url.ts to say. */
const targetUrlSchema = z
  .string()
  .trim()
  .min(1, 'Enter the URL that deliveries are forwarded to.')
  .max(TARGET_URL_MAX, `Use at most ${TARGET_URL_MAX} characters.`)
  .refine((text) => URL.canParse(text), 'Enter a whole URL, such as https://example.com/hooks.')

const eventFilterSchema = z.string().superRefine((filter, check) => {
  const complaint = filterComplaint(filter)
  if (complaint !== null) check.addIssue({ code: 'custom', message: complaint })
})

/** What belongs to which type, lib/inbound/subscriber-rules.ts says. */
const configSchema = z.strictObject({ url: targetUrlSchema.optional() })

export const webhookIdSchema = z.uuid()

export const createSubscriptionSchema = z.strictObject({
  subscriberType: z.enum(SUBSCRIBER_TYPES),
  subscriberId: z
    .string()
    .trim()
    .max(SUBSCRIBER_ID_MAX, `Use at most ${SUBSCRIBER_ID_MAX} characters.`)
    .refine((id) => !NO_TEXT.test(id), 'Use letters, digits and punctuation only.'),
  eventFilter: eventFilterSchema.nullish(),
  config: configSchema.nullish(),
})
export type CreateSubscriptionInput = z.infer<typeof createSubscriptionSchema>

/** What is absent stays; an eventFilter of null takes everything. */
export const patchSubscriptionSchema = z.strictObject({
  eventFilter: eventFilterSchema.nullable().optional(),
  config: configSchema.optional(),
  paused: z.boolean().optional(),
})
export type PatchSubscriptionInput = z.infer<typeof patchSubscriptionSchema>

export const createWebhookSchema = z.strictObject({
  name: nameSchema,
  provider: z.enum(WEBHOOK_PROVIDERS),
  /** Its first; an endpoint without any keeps what comes in and fires nothing. */
  subscription: createSubscriptionSchema.nullish(),
})
export type CreateWebhookInput = z.infer<typeof createWebhookSchema>

export const patchWebhookSchema = z.strictObject({
  name: nameSchema.optional(),
  paused: z.boolean().optional(),
})
export type PatchWebhookInput = z.infer<typeof patchWebhookSchema>

/** For so long the one before is good too; 0: it ends at once. */
const overlapHours = z.number().int().min(0).max(OVERLAP_HOURS_MAX).optional()

export const rotateWebhookSecretSchema = z.strictObject({
  /** As the sender shows it; absent or null: we make one. */
  secret: z
    .string()
    .trim()
    .min(PROVIDER_SECRET_MIN, `A signing secret has at least ${PROVIDER_SECRET_MIN} characters.`)
    .max(PROVIDER_SECRET_MAX, `Use at most ${PROVIDER_SECRET_MAX} characters.`)
    .nullish(),
  overlapHours,
})
export type RotateWebhookSecretInput = z.infer<typeof rotateWebhookSecretSchema>

export const rotateSubscriptionSecretSchema = z.strictObject({ overlapHours })
export type RotateSubscriptionSecretInput = z.infer<typeof rotateSubscriptionSecretSchema>
