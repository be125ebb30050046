import { z } from 'zod'
import {
  CASE_NAME_MAX,
  CASES_MAX,
  DESCRIPTION_MAX,
  EXPECTED_MAX_BYTES,
  INPUT_MAX_BYTES,
  NAME_MAX,
  PARAMETERS_MAX,
} from '@/lib/datasets/limits'
import type { CaseText } from '@/lib/datasets/model'
import { inputBytes } from '@/lib/datasets/model'
import { isStorable, NO_TEXT } from '@/lib/storable-text'
import { isSafeName } from '@/lib/tokens/limits'

export const datasetIdSchema = z.uuid()
export const caseIdSchema = z.uuid()
const versionSchema = z.int().min(1).max(2_147_483_647)

const encoder = new TextEncoder()

const label = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .refine(isSafeName, 'Remove the invisible or control characters.')

/** Reaches the agent, or the judge, as it was typed. */
const verbatim = (maxBytes: number) =>
  z
    .string()
    .refine(isStorable, NO_TEXT)
    .refine((text) => encoder.encode(text).length <= maxBytes, `Use at most ${maxBytes / 1024} KB.`)

const nameSchema = label(NAME_MAX).min(1, 'Give it a name, such as Support questions.')
const descriptionSchema = z
  .string()
  .trim()
  .max(DESCRIPTION_MAX, `Use at most ${DESCRIPTION_MAX.toLocaleString('en-US')} characters.`)
  .refine(isStorable, NO_TEXT)

export const createDatasetSchema = z.strictObject({
  name: nameSchema.describe('Unique in the organization, whatever its case.'),
  description: descriptionSchema.nullish(),
})
export type CreateDataset = z.output<typeof createDatasetSchema>

export const patchDatasetSchema = z.strictObject({
  name: nameSchema.nullish().describe('Null or left out = as it is.'),
  description: descriptionSchema.nullish().describe('Null or left out = as it is; "" clears it.'),
})
export type PatchDataset = z.output<typeof patchDatasetSchema>

const VALUE_WORDS = 'A value is a text, a number, or true or false.'
const valueSchema = z.union(
  [z.string().refine(isStorable, NO_TEXT), z.number(), z.boolean()],
  VALUE_WORDS,
)
/** As agents name their parameters. */
const PARAMETER_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

const parametersSchema = z
  .record(z.string(), valueSchema.nullable())
  .superRefine((values, check) => {
    for (const name of Object.keys(values)) {
      if (PARAMETER_NAME.test(name)) continue
      const message =
        'No parameter is called that: begin with a letter, then letters, digits and underscores.'
      check.addIssue({ code: 'custom', path: [name], message })
    }
  })
  // As in a run: null stands for a value that is left out.
  .transform(
    (values) =>
      Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Record<
        string,
        string | number | boolean
      >,
  )
  .refine((values) => Object.keys(values).length > 0, 'Give at least one value.')
  .refine(
    (values) => Object.keys(values).length <= PARAMETERS_MAX,
    `At most ${PARAMETERS_MAX} values.`,
  )
  .refine(
    (parameters) => inputBytes({ input: null, parameters }) <= INPUT_MAX_BYTES,
    `Use at most ${INPUT_MAX_BYTES / 1024} KB.`,
  )

const inputSchema = verbatim(INPUT_MAX_BYTES).refine(
  (text) => text.trim() !== '',
  'The text is empty.',
)
const fields = {
  name: label(CASE_NAME_MAX).nullish().describe('What people call it.'),
  input: inputSchema.nullish().describe('A text, for agents that are asked one.'),
  parameters: parametersSchema
    .nullish()
    .describe('Values by name, for revisions that declare parameters.'),
  expected: verbatim(EXPECTED_MAX_BYTES).nullish().describe('The answer to compare with.'),
}

const EITHER = 'Give either an input or parameters.'

/** @returns a case as it is kept: what is empty is null. */
export const caseSchema = z
  .strictObject(fields)
  .superRefine(({ input, parameters }, check) => {
    if ((input == null) === (parameters == null)) {
      check.addIssue({ code: 'custom', path: ['input'], message: EITHER })
    }
  })
  .transform(
    ({ name, input, parameters, expected }): CaseText => ({
      name: name || null,
      input: input ?? null,
      parameters: parameters ?? null,
      expected: expected?.trim() ? expected : null,
    }),
  )

const casesSchema = z.array(caseSchema).max(CASES_MAX, `At most ${CASES_MAX} cases.`)

export const replaceCasesSchema = z.strictObject({
  cases: casesSchema,
  version: versionSchema
    .nullish()
    .describe('The version that was read: where it is not the newest, nothing is done.'),
})
export type ReplaceCases = z.output<typeof replaceCasesSchema>

export const addCasesSchema = z.strictObject({
  cases: casesSchema.min(1, 'There is no case in it.'),
})
export type AddCases = z.output<typeof addCasesSchema>

export const patchCaseSchema = z
  .strictObject({
    name: fields.name.describe('Null or left out = as it is; "" clears it.'),
    input: fields.input.describe('Takes the place of parameters.'),
    parameters: fields.parameters.describe('Take the place of the input, all of them.'),
    expected: fields.expected.describe('Null or left out = as it is; "" clears it.'),
  })
  .refine(({ input, parameters }) => input == null || parameters == null, {
    path: ['input'],
    error: EITHER,
  })
export type PatchCase = z.output<typeof patchCaseSchema>
