import { z } from 'zod'
import { DESCRIPTION_COMPLAINTS, DESCRIPTION_MAX } from '@/lib/service-accounts/limits'
import { isStorable } from '@/lib/storable-text'
import {
  expirationDaysSchema,
  presetSchema,
  scopesSchema,
  tokenNameSchema,
} from '@/lib/tokens/schema'

/** Inputs of the service-account commands (contract.md section 3; get, patch, suspend, resume are ours). */

export const serviceAccountIdSchema = z.uuid()
export const descriptionSchema = z
  .string()
  .trim()
  .max(DESCRIPTION_MAX, DESCRIPTION_COMPLAINTS.long)
  .refine(isStorable, DESCRIPTION_COMPLAINTS.unstorable)

export const createServiceAccountSchema = z.strictObject({
  name: tokenNameSchema.nullish(),
  description: descriptionSchema.nullish(),
  scopes: scopesSchema.nullish(),
  preset: presetSchema.nullish(),
  keyExpirationDays: expirationDaysSchema.nullish(),
})
export type CreateServiceAccountInput = z.infer<typeof createServiceAccountSchema>

export const patchServiceAccountSchema = z.strictObject({
  name: tokenNameSchema.optional(),
  description: descriptionSchema.optional(),
  scopes: scopesSchema.optional(),
})
export type PatchServiceAccountInput = z.infer<typeof patchServiceAccountSchema>

/** A further token of the account. `scopes` omitted = the account's whole grant. */
export const addServiceAccountTokenSchema = z.strictObject({
  name: tokenNameSchema.nullish(),
  scopes: scopesSchema.nullish(),
  preset: presetSchema.nullish(),
  expirationDays: expirationDaysSchema.nullish(),
})
export type AddServiceAccountTokenInput = z.infer<typeof addServiceAccountTokenSchema>
