import { z } from 'zod'
import { EXPIRATION_DAYS_MAX } from '@/lib/tokens/schema'

/** The organization's token policy; null = no maximum. */
export const tokenPolicySchema = z.strictObject({
  maxLifetimeDays: z
    .number()
    .int('Days are a whole number.')
    .min(1, 'At least 1 day.')
    .max(EXPIRATION_DAYS_MAX, `At most ${EXPIRATION_DAYS_MAX} days.`)
    .nullable(),
  expiryRequired: z.boolean(),
  bearerMinting: z.boolean(),
})

/** A change: rules left out stay as they are. */
export const tokenPolicyPatchSchema = tokenPolicySchema.partial()
export type TokenPolicyPatch = z.infer<typeof tokenPolicyPatchSchema>
