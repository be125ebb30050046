import { z } from 'zod'
import { PASSWORD_MIN_CHARACTERS } from '@/lib/auth/model'
import { emailSchema } from '@/lib/email/schema'
import { ILLEGIBLE, isLegible } from '@/lib/legible-name'
import { organizationNameSchema, slugSchema } from '@/lib/organization/slug'
import { assertionSchema, presentedCodeSchema } from '@/lib/two-factor/schema'

/** Inputs of sign-in, confirmation and setup. */

/** bcrypt reads 72 bytes and ignores the rest: a longer password would be weaker than it looks. */
const PASSWORD_MAX_BYTES = 72
const DISPLAY_NAME_MAX = 80

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** A password being chosen. A password being presented is any text: rules may have been others. */
export const newPasswordSchema = z
  .string()
  .refine(
    (password) => [...password].length >= PASSWORD_MIN_CHARACTERS,
    `Use at least ${PASSWORD_MIN_CHARACTERS} characters.`,
  )
  .refine(
    (password) => bytesOf(password) <= PASSWORD_MAX_BYTES,
    `Use at most ${PASSWORD_MAX_BYTES} bytes: about ${PASSWORD_MAX_BYTES} Latin letters, fewer with accents or emoji.`,
  )

/** Length-limited, so that nobody makes the server hash a megabyte. */
export const presentedPasswordSchema = z.string().min(1, 'Enter your password.').max(1024)

export const displayNameSchema = z
  .string()
  .trim()
  .min(1, 'Enter your name.')
  .max(DISPLAY_NAME_MAX, `Use at most ${DISPLAY_NAME_MAX} characters.`)
  .refine(isLegible, ILLEGIBLE)

/** By what somebody who is signed in shows that it is them. */
export const identityProofSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('password'), password: presentedPasswordSchema }),
  z.strictObject({ method: z.literal('code'), code: presentedCodeSchema }),
  z.strictObject({ method: z.literal('passkey'), response: assertionSchema }),
])
export type IdentityProof = z.infer<typeof identityProofSchema>

export const setupSchema = z.strictObject({
  secret: z.string().min(1).max(200),
  organizationName: organizationNameSchema,
  slug: slugSchema,
  displayName: displayNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
})
export type SetupInput = z.infer<typeof setupSchema>
