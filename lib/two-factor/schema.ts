import { z } from 'zod'
import { ILLEGIBLE, isLegible } from '@/lib/legible-name'

/** Inputs about second factors. */

const PASSKEY_NAME_MAX = 60

/** Six digits of an app, or a recovery code; people put in spaces and hyphens as they see them. */
export const presentedCodeSchema = z.string().trim().min(1, 'Enter the code.').max(64)

export const appConfirmationSchema = z.strictObject({ code: presentedCodeSchema })
export type AppConfirmation = z.infer<typeof appConfirmationSchema>

const passkeyNameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(PASSKEY_NAME_MAX, `Use at most ${PASSKEY_NAME_MAX} characters.`)
  .refine(isLegible, ILLEGIBLE)

export const passkeyChoiceSchema = z.strictObject({ passkeyId: z.uuid() })
export type PasskeyChoice = z.infer<typeof passkeyChoiceSchema>

export const passkeyRenamingSchema = passkeyChoiceSchema.extend({ name: passkeyNameSchema })
export type PasskeyRenaming = z.infer<typeof passkeyRenamingSchema>

/** Long enough for any authenticator, short enough to be no burden. */
const base64UrlText = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/)

const credentialId = base64UrlText(1400).min(1)

/** What browsers send of a new passkey. Whatever else they add is left out. */
const registrationResponseSchema = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64UrlText(8192),
    attestationObject: base64UrlText(65_536),
    transports: z.array(z.string().max(32)).max(10).default([]),
  }),
})

export const passkeyRegistrationSchema = z.strictObject({
  name: passkeyNameSchema,
  response: registrationResponseSchema,
})
export type PasskeyRegistration = z.input<typeof passkeyRegistrationSchema>

/** What browsers send of a passkey that was used. */
export const assertionSchema = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64UrlText(8192),
    authenticatorData: base64UrlText(8192),
    signature: base64UrlText(8192),
    userHandle: base64UrlText(128).nullish(),
  }),
})
export type Assertion = z.input<typeof assertionSchema>
