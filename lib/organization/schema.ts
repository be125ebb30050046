import { z } from 'zod'
import { isWebsite, WEBSITE_MAX } from '@/lib/organization/model'
import { organizationNameSchema, slugSchema } from '@/lib/organization/slug'
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

/** An http or https address, or null for none. */
export const websiteSchema = z
  .string()
  .trim()
  .max(WEBSITE_MAX, `Use at most ${WEBSITE_MAX} characters.`)
  .refine(isWebsite, 'Enter a web address such as https://example.com.')
  .nullable()

/** What may be changed of an organization; what is left out stays. */
export const updateOrganizationSchema = z
  .strictObject({ name: organizationNameSchema, website: websiteSchema })
  .partial()
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationSchema>

export const twoFactorPolicySchema = z.strictObject({ required: z.boolean() })

export const addressSchema = z.strictObject({ slug: slugSchema })

/** Any text: whether it can be an address is part of the answer. */
export const wantedAddressSchema = z.strictObject({ slug: z.string().max(200) })

export const askDeletionSchema = z.strictObject({
  confirmation: z.string().trim().max(200),
})

export const createOrganizationSchema = z.strictObject({
  name: organizationNameSchema,
  slug: slugSchema,
})
export type CreateOrganizationInput = z.infer<typeof createOrganizationSchema>
