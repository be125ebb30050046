import { z } from 'zod'
import { DEVICE_PRESET_IDS } from '@/lib/access/device-presets'
import { CLIENT_TYPES } from '@/lib/device-authorization/model'
import { isSafeName, NAME_COMPLAINTS } from '@/lib/tokens/limits'
import { expirationDaysSchema, scopesSchema } from '@/lib/tokens/schema'

/** Inputs of signing a device in. Parsed at both doors; every object is closed. */

/** What a stranger's device says of itself is shown to people: no letter that hides or turns others around. */
const shownText = z
  .string()
  .trim()
  .min(1, 'At least one letter.')
  .max(80, 'Use at most 80 characters.')
  .refine(isSafeName, NAME_COMPLAINTS.unsafe)

export const devicePresetSchema = z.enum(DEVICE_PRESET_IDS)

export const startDeviceAuthorizationSchema = z.strictObject({
  preset: devicePresetSchema,
  clientType: z.enum(CLIENT_TYPES).nullish(),
  clientName: shownText.nullish(),
  /** The same at each sign-in of one installation: its token is then replaced, not added to. */
  deviceId: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{8,128}$/, '8 to 128 letters, digits, dots, colons or dashes.')
    .nullish(),
  deviceLabel: shownText.nullish(),
})
export type StartDeviceAuthorizationInput = z.infer<typeof startDeviceAuthorizationSchema>

export const approveDeviceSchema = z.strictObject({
  /** What the device asked for, said again: nobody approves what they were not shown. */
  preset: devicePresetSchema,
  /** Fewer than the preset's; all of them where absent. */
  scopes: scopesSchema.min(1, 'At least one scope.').nullish(),
  /** Absent: 90 days, or what the policy allows; null: no expiry. */
  expirationDays: expirationDaysSchema.nullable().optional(),
})
export type ApproveDeviceInput = z.infer<typeof approveDeviceSchema>
