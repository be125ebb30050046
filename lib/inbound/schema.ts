import { z } from 'zod'
import {
  OVERLAP_HOURS_MAX,
  PROVIDER_SECRET_MAX,
  PROVIDER_SECRET_MIN,
  TARGET_URL_MAX,
  WEBHOOK_NAME_MAX,
} from '@/lib/inbound/limits'
import { TARGET_KINDS, type TargetKind, WEBHOOK_PROVIDERS } from '@/lib/inbound/model'

/** Inputs of the commands about endpoints (contract.md section 7; names of fields are ours where it has none). */

/** Longer than any; that there is one, its own feature says. */
const AGENT_ID_MAX = 200

const CONTROL = /\p{Cc}/u

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(WEBHOOK_NAME_MAX, `Use at most ${WEBHOOK_NAME_MAX} characters.`)
  .refine((name) => !CONTROL.test(name), 'Use letters, digits and punctuation only.')

/** Its form only; whether it may be reached is for lib/inbound/target-url.ts to say. */
const targetUrlSchema = z
  .string()
  .trim()
  .min(1, 'Enter the URL that deliveries are forwarded to.')
  .max(TARGET_URL_MAX, `Use at most ${TARGET_URL_MAX} characters.`)
  .refine((text) => URL.canParse(text), 'Enter a whole URL, such as https://example.com/hooks.')

export const webhookIdSchema = z.uuid()

/** Which of them go together, lib/inbound/target-rules.ts says. Null stands for what is left out. */
const targetFields = {
  targetKind: z.enum(TARGET_KINDS).nullish(),
  targetUrl: targetUrlSchema.nullish(),
  targetAgentId: z
    .string()
    .trim()
    .min(1, 'Choose an agent.')
    .max(AGENT_ID_MAX, `Use at most ${AGENT_ID_MAX} characters.`)
    .nullish(),
}
export interface TargetInput {
  targetKind?: TargetKind | null | undefined
  targetUrl?: string | null | undefined
  targetAgentId?: string | null | undefined
}

export const createWebhookSchema = z.strictObject({
  name: nameSchema,
  provider: z.enum(WEBHOOK_PROVIDERS),
  ...targetFields,
})
export type CreateWebhookInput = z.infer<typeof createWebhookSchema>

export const patchWebhookSchema = z.strictObject({
  name: nameSchema.optional(),
  ...targetFields,
  paused: z.boolean().optional(),
})
export type PatchWebhookInput = z.infer<typeof patchWebhookSchema>

export const rotateWebhookSecretSchema = z.strictObject({
  purpose: z.enum(['PROVIDER', 'FORWARD']),
  /** As the sender shows it; absent or null: we make one. */
  secret: z
    .string()
    .trim()
    .min(PROVIDER_SECRET_MIN, `A signing secret has at least ${PROVIDER_SECRET_MIN} characters.`)
    .max(PROVIDER_SECRET_MAX, `Use at most ${PROVIDER_SECRET_MAX} characters.`)
    .nullish(),
  /** For so long the one before is good too; 0: it ends at once. */
  overlapHours: z.number().int().min(0).max(OVERLAP_HOURS_MAX).optional(),
})
export type RotateWebhookSecretInput = z.infer<typeof rotateWebhookSecretSchema>
