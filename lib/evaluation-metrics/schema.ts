import { z } from 'zod'
import {
  AGENT_METRICS_MAX,
  DESCRIPTION_MAX,
  IMPORT_MAX,
  KEY_MAX,
  LEVEL_DESCRIPTION_MAX,
  LEVEL_LABEL_MAX,
  LEVELS_MAX,
  LEVELS_MIN,
  NAME_MAX,
  SCORE_MAX,
  TRY_TEXT_MAX,
  WEIGHT_MAX,
  WEIGHT_MIN,
} from '@/lib/evaluation-metrics/limits'
import { MODEL_NAME_MAX, PROVIDER_NAME, PROVIDER_NAME_MAX } from '@/lib/llm-providers/limits'
import { LOCAL_PROVIDER } from '@/lib/llm-providers/model'
import { isStorable, NO_TEXT } from '@/lib/storable-text'
import { isSafeName } from '@/lib/tokens/limits'

const WEIGHT_WORDS = `Give a whole number from ${WEIGHT_MIN} to ${WEIGHT_MAX}.`
const SCORE_WORDS = `A score is a whole number from 0 to ${SCORE_MAX}.`

export const metricIdSchema = z.uuid()
export const versionNumberSchema = z.int().min(1).max(1_000_000)

/** Text that PostgreSQL can hold and that reaches the judge as it was typed. */
const verbatim = (max: number) =>
  z
    .string()
    .max(max, `Use at most ${max.toLocaleString('en-US')} characters.`)
    .refine(isStorable, NO_TEXT)

const label = (empty: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, empty)
    .max(max, `Use at most ${max} characters.`)
    .refine(isSafeName, 'Remove the invisible or control characters.')

export const keySchema = z
  .string()
  .min(1, 'Give it a key, such as answerTone.')
  .max(KEY_MAX, `Use at most ${KEY_MAX} characters.`)
  .regex(
    /^[a-z][a-zA-Z0-9]*$/,
    'Use camelCase: a small letter first, then letters and digits, such as answerTone.',
  )

const nameSchema = label('Give it a name, such as Tone of the answer.', NAME_MAX)
const descriptionSchema = verbatim(DESCRIPTION_MAX).refine(
  (text) => text.trim() !== '',
  'Tell the judge what to look for.',
)
const weightSchema = z.int(WEIGHT_WORDS).min(WEIGHT_MIN, WEIGHT_WORDS).max(WEIGHT_MAX, WEIGHT_WORDS)
const scoreSchema = z.int(SCORE_WORDS).min(0, SCORE_WORDS).max(SCORE_MAX, SCORE_WORDS)

const levelSchema = z.strictObject({
  score: scoreSchema,
  label: label('Name the level.', LEVEL_LABEL_MAX),
  description: verbatim(LEVEL_DESCRIPTION_MAX).default(''),
})

const levelsSchema = z
  .array(levelSchema)
  .min(LEVELS_MIN, `A scale has at least ${LEVELS_MIN} levels.`)
  .max(LEVELS_MAX, `A scale has at most ${LEVELS_MAX} levels.`)
  .superRefine((levels, ctx) => {
    for (const [index, { score }] of levels.entries()) {
      const before = levels[index - 1]
      if (before && score <= before.score) {
        ctx.addIssue({
          code: 'custom',
          path: [index, 'score'],
          message: `Go up: more than ${before.score}.`,
        })
      }
    }
  })

const definition = {
  name: nameSchema.describe('What people recognise it by.'),
  description: descriptionSchema.describe('What the judge is told, to the letter.'),
  defaultWeight: weightSchema
    .nullish()
    .describe('Null or left out = as it is; 10 for a new metric.'),
  levels: levelsSchema
    .nullish()
    .describe('Upwards by score. Null or left out = as it is; 1 to 5 for a new metric.'),
  passScore: scoreSchema
    .nullish()
    .describe('The lowest score that passes: one of the levels’. Null or left out = as it is.'),
}

export const createMetricSchema = z.strictObject({
  key: keySchema.describe('camelCase, unique in the organization; never changes.'),
  ...definition,
})
export type CreateMetric = z.output<typeof createMetricSchema>

/** `version`: the one that was edited, so that nobody's change is overwritten unseen. */
export const updateMetricSchema = z.strictObject({
  ...definition,
  version: versionNumberSchema
    .nullish()
    .describe('The version that was edited: where it is not the newest, nothing is done.'),
})
export type UpdateMetric = z.output<typeof updateMetricSchema>

export const cloneMetricSchema = z.strictObject({
  key: keySchema.nullish().describe('Left out = the same with Copy at its end.'),
  name: nameSchema.nullish().describe('Left out = the same.'),
})
export type CloneMetric = z.output<typeof cloneMetricSchema>

/** A model that judges; the local judge is meant by naming none. */
export const judgeSchema = z.strictObject({
  provider: z
    .string()
    .max(PROVIDER_NAME_MAX, `Use at most ${PROVIDER_NAME_MAX} characters.`)
    .regex(PROVIDER_NAME, 'Name the provider as it is set up here, such as openai.')
    .refine((name) => name !== LOCAL_PROVIDER, 'Leave the judge out to ask the local one.'),
  model: label('Name the model, such as gpt-5-mini.', MODEL_NAME_MAX),
})

export const tryMetricSchema = z.strictObject({
  input: verbatim(TRY_TEXT_MAX),
  output: verbatim(TRY_TEXT_MAX),
  reference: verbatim(TRY_TEXT_MAX).nullish(),
  version: versionNumberSchema.nullish(),
  judge: judgeSchema
    .nullish()
    .describe(
      'A model of a provider that is set up here; null or left out = the local judge, which asks none.',
    ),
})
export type TryMetric = z.output<typeof tryMetricSchema>

/** What an export writes, and an import reads: nothing of one organization but the definitions. */
export const METRIC_FILE_FORMAT = 'fruxon.evaluation-metrics/1'

export const importMetricsSchema = z.strictObject({
  format: z
    .literal(METRIC_FILE_FORMAT, `Not a file of metrics: its format is not ${METRIC_FILE_FORMAT}.`)
    .optional(),
  exportedAt: z.int().optional(),
  metrics: z
    .array(createMetricSchema)
    .min(1, 'There is no metric in it.')
    .max(IMPORT_MAX, `At most ${IMPORT_MAX} metrics at once.`)
    .superRefine((metrics, ctx) => {
      const seen = new Set<string>()
      for (const [index, { key }] of metrics.entries()) {
        if (seen.has(key)) {
          ctx.addIssue({ code: 'custom', path: [index, 'key'], message: `${key} is here twice.` })
        }
        seen.add(key)
      }
    }),
  validateOnly: z.boolean().nullish(),
})
export type ImportMetrics = z.output<typeof importMetricsSchema>

export const setAgentMetricsSchema = z.strictObject({
  evaluationMetrics: z
    .array(z.strictObject({ metricId: metricIdSchema, weight: weightSchema.nullish() }))
    .max(AGENT_METRICS_MAX, `At most ${AGENT_METRICS_MAX} metrics for one agent.`)
    .superRefine((entries, ctx) => {
      const ids = entries.map(({ metricId }) => metricId.toLowerCase())
      for (const [index, id] of ids.entries()) {
        if (ids.indexOf(id) === index) continue
        ctx.addIssue({ code: 'custom', path: [index, 'metricId'], message: 'It is here twice.' })
      }
    }),
})
export type SetAgentMetrics = z.output<typeof setAgentMetricsSchema>
