import { z } from 'zod'
import { DAYS_COMPLAINTS, EXPIRATION_DAYS_MAX } from '@/lib/tokens/limits'

/** The organization's token policy; null = no maximum. */
export const tokenPolicySchema = z.strictObject({
  maxLifetimeDays: z
    .number()
    .int(DAYS_COMPLAINTS.fraction)
    .min(1, DAYS_COMPLAINTS.few)
    .max(EXPIRATION_DAYS_MAX, DAYS_COMPLAINTS.many)
    .nullable(),
  expiryRequired: z.boolean(),
  bearerMinting: z.boolean(),
})

/** A change: rules left out stay as they are. */
export const tokenPolicyPatchSchema = tokenPolicySchema.partial()
export type TokenPolicyPatch = z.infer<typeof tokenPolicyPatchSchema>
