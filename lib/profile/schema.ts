import { z } from 'zod'
import { displayNameSchema, newPasswordSchema, presentedPasswordSchema } from '@/lib/auth/schema'
import { emailSchema } from '@/lib/email/schema'

/** Inputs of a person's own settings. */

const linkSecretSchema = z.string().min(1).max(200)

export const displayNameChangeSchema = z.strictObject({ displayName: displayNameSchema })
export type DisplayNameChange = z.infer<typeof displayNameChangeSchema>

/** More would be no name: the limit of the whole says so in its own words. */
const NAME_PART_MAX = 200
const namePartSchema = z.string().trim().max(NAME_PART_MAX).nullish()

export const accountPatchSchema = z.strictObject({
  firstName: namePartSchema,
  lastName: namePartSchema,
  avatarFileId: z
    .null('A picture is chosen in the dashboard. Null removes the present one.')
    .optional(),
})
export type AccountPatch = z.infer<typeof accountPatchSchema>

export const passwordChangeSchema = z.strictObject({
  currentPassword: presentedPasswordSchema,
  newPassword: newPasswordSchema,
})
export type PasswordChange = z.infer<typeof passwordChangeSchema>

export const passwordResetRequestSchema = z.strictObject({ email: emailSchema })

export const passwordResetSchema = z.strictObject({
  secret: linkSecretSchema,
  newPassword: newPasswordSchema,
})
export type PasswordReset = z.infer<typeof passwordResetSchema>

export const emailChangeSchema = z.strictObject({
  newEmail: emailSchema,
  currentPassword: presentedPasswordSchema,
})
export type EmailChange = z.infer<typeof emailChangeSchema>

export const emailConfirmationSchema = z.strictObject({ secret: linkSecretSchema })

export const sessionChoiceSchema = z.strictObject({ sessionId: z.uuid() })
export type SessionChoice = z.infer<typeof sessionChoiceSchema>
