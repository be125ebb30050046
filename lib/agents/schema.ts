import { z } from 'zod'
import { AGENT_ROLES, type AgentDefinition, PARAMETER_TYPES } from '@/lib/agents/model'
import { isUuid } from '@/lib/ids'
import { ILLEGIBLE, isLegible } from '@/lib/legible-name'
import { isStorable, NO_TEXT } from '@/lib/storable-text'

export const AGENT_ID_MAX = 64
export const DISPLAY_NAME_MAX = 80
export const DESCRIPTION_MAX = 2048
export const INSTRUCTIONS_MAX = 20_000
export const COMMENT_MAX = 500
const MODEL_NAME_MAX = 128
const PARAMETERS_MAX = 30
const OUTPUT_TOKENS_MAX = 1_000_000
const TEMPERATURE_MAX = 2

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max.toLocaleString('en-US')} characters.`)
    .refine(isStorable, NO_TEXT)
const line = (max: number, missing: string) =>
  text(max).min(1, missing).refine(isLegible, ILLEGIBLE)

/** What programs and links call it, for ever. */
export const agentIdSchema = z
  .string()
  .trim()
  .min(1, { error: 'Enter an id, such as ticket-triage.', abort: true })
  .min(2, 'Use at least 2 characters.')
  .max(AGENT_ID_MAX, `Use at most ${AGENT_ID_MAX} characters.`)
  .regex(
    /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
    'Use lower-case letters, digits and single hyphens between them, such as ticket-triage.',
  )
  // The uid of an agent leads to it as well.
  .refine((id) => !isUuid(id), 'Choose an id that is no UUID.')

const displayNameSchema = line(DISPLAY_NAME_MAX, 'Enter a name.')
const descriptionSchema = text(DESCRIPTION_MAX)

export const createAgentSchema = z.strictObject({
  id: agentIdSchema,
  displayName: displayNameSchema,
  description: descriptionSchema.nullish(),
})
export type CreateAgentInput = z.infer<typeof createAgentSchema>

export const patchAgentSchema = z.strictObject({
  displayName: displayNameSchema.nullish(),
  description: descriptionSchema.nullish(),
  isPublic: z.boolean().nullish(),
})
export type PatchAgentInput = z.infer<typeof patchAgentSchema>

const parameterSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
      'Begin with a letter, then letters, digits and underscores; 64 at most.',
    ),
  type: z.enum(PARAMETER_TYPES).default('STRING'),
  required: z.boolean().default(false),
  description: text(300).default(''),
})

const TEMPERATURE_WORDS = `A number from 0 to ${TEMPERATURE_MAX}.`
const OUTPUT_TOKENS_WORDS = 'A whole number from 1 to 1,000,000.'

const definitionFields = {
  instructions: z
    .string()
    .max(INSTRUCTIONS_MAX, `Use at most ${INSTRUCTIONS_MAX.toLocaleString('en-US')} characters.`)
    .refine((value) => value.trim() !== '', 'Tell the agent what to do.')
    .refine(isStorable, NO_TEXT),
  provider: line(MODEL_NAME_MAX, 'Name the provider, such as openai.'),
  model: line(MODEL_NAME_MAX, 'Name the model, such as gpt-5-mini.'),
  parameters: z
    .array(parameterSchema)
    .max(PARAMETERS_MAX, `At most ${PARAMETERS_MAX} parameters.`)
    .superRefine((parameters, check) => {
      for (const [index, { name }] of parameters.entries()) {
        if (parameters.findIndex((other) => other.name === name) === index) continue
        check.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `There is a ${name} already.`,
        })
      }
    })
    .nullish(),
  temperature: z
    .number(TEMPERATURE_WORDS)
    .min(0, TEMPERATURE_WORDS)
    .max(TEMPERATURE_MAX, TEMPERATURE_WORDS)
    .nullish(),
  maxOutputTokens: z
    .int(OUTPUT_TOKENS_WORDS)
    .min(1, OUTPUT_TOKENS_WORDS)
    .max(OUTPUT_TOKENS_MAX, OUTPUT_TOKENS_WORDS)
    .nullish(),
}

export const createRevisionSchema = z.strictObject({
  ...definitionFields,
  comment: text(COMMENT_MAX).nullish(),
})
export type CreateRevisionInput = z.infer<typeof createRevisionSchema>

/** The definition as it is stored, with everything said that may be left out. */
export function definitionOf(input: CreateRevisionInput): AgentDefinition {
  return {
    instructions: input.instructions,
    provider: input.provider,
    model: input.model,
    parameters: input.parameters ?? [],
    temperature: input.temperature ?? null,
    maxOutputTokens: input.maxOutputTokens ?? null,
  }
}

const REVISION_MAX = 2_147_483_647
export const revisionNumberSchema = z.int().min(1).max(REVISION_MAX)

export const deployRevisionSchema = z.strictObject({
  /** What the caller believes is deployed, null for nothing; left out = whatever is. */
  previousRevision: revisionNumberSchema.nullable().optional(),
})
export type DeployRevisionInput = z.infer<typeof deployRevisionSchema>

export const agentRoleSchema = z.enum(AGENT_ROLES)

const alertPreferencesSchema = z.strictObject({
  errorAlerts: z.boolean().nullish(),
  accessRequestAlerts: z.boolean().nullish(),
  budgetAlerts: z.boolean().nullish(),
})

export const putCollaboratorSchema = z.strictObject({
  userId: z.uuid(),
  /** Left out: stays as it is. */
  role: agentRoleSchema.nullish(),
  /** What is left out stays as it is, and is on for who becomes a collaborator. */
  alertPreferences: alertPreferencesSchema.nullish(),
})
export type PutCollaboratorInput = z.infer<typeof putCollaboratorSchema>

export const REQUEST_MESSAGE_MAX = 300

export const requestAccessSchema = z.strictObject({
  role: agentRoleSchema.default('VIEWER'),
  message: text(REQUEST_MESSAGE_MAX).nullish(),
})
export type RequestAccessInput = z.infer<typeof requestAccessSchema>
