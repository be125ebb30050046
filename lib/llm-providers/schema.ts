import { z } from 'zod'
import { ILLEGIBLE, isLegible } from '@/lib/legible-name'
import {
  API_KEY_MAX,
  API_KEY_MIN,
  BASE_URL_MAX,
  CONFIG_NAME_MAX,
  MODEL_NAME_MAX,
  PROVIDER_NAME,
  PROVIDER_NAME_MAX,
} from '@/lib/llm-providers/limits'
import { knownProvider, LOCAL_PROVIDER, providerLabel } from '@/lib/llm-providers/model'

/** Inputs about model providers (contract.md section 5; names of fields are ours where it has none). */

const line = (max: number, missing: string) =>
  z
    .string()
    .trim()
    .min(1, missing)
    .max(max, `Use at most ${max} characters.`)
    .refine(isLegible, ILLEGIBLE)

/** As definitions of agents and prices name it. */
export const providerNameSchema = z
  .string()
  .trim()
  .min(1, 'Name the provider, such as openai.')
  .max(PROVIDER_NAME_MAX, `Use at most ${PROVIDER_NAME_MAX} characters.`)
  .regex(
    PROVIDER_NAME,
    'Use lower-case letters, digits and single hyphens between them, such as my-gateway.',
  )
  .refine((name) => name !== LOCAL_PROVIDER, 'The local provider needs no settings.')

/** Its form only; whether it may be reached is for lib/llm-providers/base-url.ts to say. */
const baseUrlSchema = z
  .string()
  .trim()
  .max(BASE_URL_MAX, `Use at most ${BASE_URL_MAX} characters.`)
  .refine(
    (text) => URL.canParse(text),
    'Enter a whole URL, such as https://gateway.example.com/v1.',
  )

/** It goes into a header as it is. */
const apiKeySchema = z
  .string()
  .trim()
  .min(API_KEY_MIN, `A key has at least ${API_KEY_MIN} characters.`)
  .max(API_KEY_MAX, `Use at most ${API_KEY_MAX} characters.`)
  .regex(/^[\x21-\x7e]+$/, 'A key has letters, digits and punctuation, and no spaces.')

const displayNameSchema = line(CONFIG_NAME_MAX, 'Enter a name.')
const testModelSchema = line(MODEL_NAME_MAX, 'Name a model to test with.')

/** How a provider is reached; what is known of it may be left out. */
const connectionFields = {
  baseUrl: baseUrlSchema.nullish(),
  apiKey: apiKeySchema.nullish(),
  testModel: testModelSchema.nullish(),
}

export const createLlmConfigSchema = z.strictObject({
  displayName: displayNameSchema,
  ...connectionFields,
  /** Left out: a draft, which can be tested and is used by nothing. */
  enabled: z.boolean().nullish(),
  isDefault: z.boolean().nullish(),
})
export type CreateLlmConfig = z.infer<typeof createLlmConfigSchema>

/** Sentences about what a provider cannot be reached without, by field; none where all is given or known. */
export function missingConnection(
  provider: string,
  wish: { [Field in keyof typeof connectionFields]?: string | null | undefined },
): [field: keyof typeof connectionFields, detail: string][] {
  const known = knownProvider(provider)
  const missing: [keyof typeof connectionFields, string][] = []
  if (!wish.baseUrl && !known?.baseUrl) missing.push(['baseUrl', 'Enter the base URL.'])
  if (!wish.testModel && !known?.testModel) {
    missing.push(['testModel', 'Name a model to test with.'])
  }
  if (!wish.apiKey && known?.keyRequired) missing.push(['apiKey', keyMissing(provider)])
  return missing
}

export function keyMissing(provider: string): string {
  return `Enter the key: ${providerLabel(provider)} answers nothing without one.`
}

/** The whole form at once: an empty name does not hide a missing key. */
export const addLlmConfigSchema = createLlmConfigSchema
  .extend({ provider: providerNameSchema })
  .superRefine(
    ({ provider, ...wish }, check) => {
      if (typeof provider !== 'string') return
      for (const [field, message] of missingConnection(provider, wish)) {
        check.addIssue({ code: 'custom', path: [field], message })
      }
    },
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )

export const patchLlmConfigSchema = z.strictObject({
  displayName: displayNameSchema.nullish(),
  ...connectionFields,
  /** An empty text takes the key away. */
  apiKey: z.union([z.literal(''), apiKeySchema]).nullish(),
  enabled: z.boolean().nullish(),
  isDefault: z.boolean().nullish(),
  /** The one that the caller has seen; a change that somebody else made meanwhile is then a conflict. */
  version: z.int().min(1).nullish(),
})
export type PatchLlmConfig = z.infer<typeof patchLlmConfigSchema>

/** What is tried without being stored. */
export const testProviderSchema = z.strictObject({
  config: z.strictObject({ provider: providerNameSchema, ...connectionFields }),
})
export type TestProvider = z.infer<typeof testProviderSchema>
