import { z } from 'zod'
import { PRESET_IDS } from '@/lib/access/presets'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'
import {
  DAYS_COMPLAINTS,
  EXPIRATION_DAYS_MAX,
  isSafeName,
  NAME_COMPLAINTS,
  TOKEN_NAME_MAX,
} from '@/lib/tokens/limits'

/** Inputs of the token commands. Parsed at both doors; every object is closed. */

export const GRACE_SECONDS_MAX = 7 * 24 * 60 * 60
const SCOPES_MAX = 100

export const tokenNameSchema = z
  .string()
  .trim()
  .min(1, NAME_COMPLAINTS.empty)
  .max(TOKEN_NAME_MAX, NAME_COMPLAINTS.long)
  .refine(isSafeName, NAME_COMPLAINTS.unsafe)

export const scopeSchema = z.enum(ALL_SCOPES as readonly [Scope, ...Scope[]], {
  error: (issue) =>
    typeof issue.input === 'string'
      ? `Unknown scope ${JSON.stringify(issue.input.slice(0, 60))}.`
      : 'A scope is a string such as agents:read.',
})

export const scopesSchema = z.array(scopeSchema).max(SCOPES_MAX, 'Too many scopes.')
export const presetSchema = z.enum(PRESET_IDS)

export const expirationDaysSchema = z
  .number()
  .int(DAYS_COMPLAINTS.fraction)
  .min(1, DAYS_COMPLAINTS.few)
  .max(EXPIRATION_DAYS_MAX, DAYS_COMPLAINTS.many)

/** Epoch ms, no further away than a life in days may reach: beyond 8.64e15 there is no date at all (ECMA-262). */
export const expiresAtSchema = z
  .number()
  .int('Epoch milliseconds, a whole number.')
  .min(0, 'Epoch milliseconds, a whole number.')
  .refine((at) => at <= Date.now() + EXPIRATION_DAYS_MAX * 86_400_000, DAYS_COMPLAINTS.many)

export const graceSecondsSchema = z
  .number()
  .int('Seconds are a whole number.')
  .min(0, 'Not negative.')
  .max(GRACE_SECONDS_MAX, 'At most 7 days.')

export const tokenIdSchema = z.uuid()

/**
 * Mint. `expirationDays` null means no expiry (where policy allows); absent means null.
 * `scopes` and `preset` are unioned; together they must name at least one scope.
 */
export const mintTokenSchema = z.strictObject({
  name: tokenNameSchema.nullish(),
  expirationDays: expirationDaysSchema.nullish(),
  scopes: scopesSchema.nullish(),
  preset: presetSchema.nullish(),
})
export type MintTokenInput = z.infer<typeof mintTokenSchema>

/** Rotate. Everything omitted is inherited: name, scopes, and the expiry *date*. */
export const rotateTokenSchema = z.strictObject({
  name: tokenNameSchema.nullish(),
  /** Days from now; explicit null = never expires; omitted = the old date. */
  expirationDays: expirationDaysSchema.nullable().optional(),
  expiresAt: expiresAtSchema.nullable().optional(),
  scopes: scopesSchema.nullish(),
  preset: presetSchema.nullish(),
  graceSeconds: graceSecondsSchema.optional(),
})
export type RotateTokenInput = z.infer<typeof rotateTokenSchema>

export const patchTokenSchema = z.strictObject({
  name: tokenNameSchema.optional(),
  scopes: scopesSchema.optional(),
  expirationDays: expirationDaysSchema.nullable().optional(),
  expiresAt: expiresAtSchema.nullable().optional(),
})
export type PatchTokenInput = z.infer<typeof patchTokenSchema>

export const bulkRevokeSchema = z.strictObject({
  tokenIds: z.array(tokenIdSchema).min(1).max(1000),
})

/** Import of keys of the older system: the SHA-256 of the key, never the key. */
export const importTokensSchema = z.strictObject({
  tokens: z
    .array(
      z.strictObject({
        name: tokenNameSchema,
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 of the key, 64 lower-case hex digits.'),
        keyPrefix: z
          .string()
          .regex(
            /^(fx_live_|fxn_live_)[A-Za-z0-9]{0,6}$/,
            'Starts with fx_live_ or fxn_live_, 6 more characters at most.',
          ),
        last4: z.string().regex(/^[A-Za-z0-9]{4}$/, 'The last 4 characters.'),
        scopes: scopesSchema.min(1, 'At least one scope.'),
        expiresAt: expiresAtSchema.nullish(),
        serviceAccountId: z.uuid().nullish(),
      }),
    )
    .min(1)
    .max(500),
})
export type ImportTokensInput = z.infer<typeof importTokensSchema>

export const TOKEN_ORIGINS = ['UNSPECIFIED', 'ALL', 'OWNED', 'SYSTEM'] as const
