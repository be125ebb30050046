import { z } from 'zod'
import { isUuid } from '@/lib/ids'
import {
  AGENTS_MAX,
  DESCRIPTION_MAX,
  DISPLAY_NAME_MAX,
  INTEGRATION_ID_MAX,
} from '@/lib/integrations/limits'
import { TOOL_IDS } from '@/lib/integrations/tools'
import { ILLEGIBLE, isLegible } from '@/lib/legible-name'
import { isStorable, NO_TEXT } from '@/lib/storable-text'

/** Inputs about integrations (contract.md section 7; what it leaves open is ours). */

export const integrationIdSchema = z
  .string()
  .trim()
  .min(1, { error: 'Enter an id, such as support-desk.', abort: true })
  .min(2, 'Use at least 2 characters.')
  .max(INTEGRATION_ID_MAX, `Use at most ${INTEGRATION_ID_MAX} characters.`)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'Use lower-case letters, digits and single hyphens between them, such as support-desk.',
  )
  // Its uid leads to it as well.
  .refine((id) => !isUuid(id), 'Choose an id that is no UUID.')

const displayNameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(DISPLAY_NAME_MAX, `Use at most ${DISPLAY_NAME_MAX} characters.`)
  .refine(isLegible, ILLEGIBLE)

const descriptionSchema = z
  .string()
  .trim()
  .max(DESCRIPTION_MAX, `Use at most ${DESCRIPTION_MAX.toLocaleString('en-US')} characters.`)
  .refine(isStorable, NO_TEXT)

const agentIdsSchema = z
  .array(z.string().min(1).max(64))
  .max(AGENTS_MAX, `Choose at most ${AGENTS_MAX} agents.`)

export const createIntegrationSchema = z.strictObject({
  id: integrationIdSchema,
  displayName: displayNameSchema,
  description: descriptionSchema.nullish(),
  agentIds: agentIdsSchema.nullish(),
})
export type CreateIntegrationInput = z.infer<typeof createIntegrationSchema>

export const patchIntegrationSchema = z.strictObject({
  displayName: displayNameSchema.nullish(),
  description: descriptionSchema.nullish(),
  agentIds: agentIdsSchema.nullish(),
})
export type PatchIntegrationInput = z.infer<typeof patchIntegrationSchema>

/** The zero GUID, by which the contract clears a binding. */
export const NO_CONFIG = '00000000-0000-0000-0000-000000000000'

export const patchMcpSchema = z.strictObject({
  enabled: z.boolean().nullish(),
  configId: z
    .string()
    .refine((id) => isUuid(id), 'Give a UUID.')
    .nullish(),
  exposedToolIds: z
    .array(z.enum(TOOL_IDS, { error: `Tools are ${TOOL_IDS.join(', ')}.` }))
    .max(TOOL_IDS.length * 2)
    .nullish(),
  description: descriptionSchema.nullish(),
})
export type PatchMcpInput = z.infer<typeof patchMcpSchema>
