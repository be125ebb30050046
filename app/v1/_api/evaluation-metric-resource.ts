import { z } from '@hono/zod-openapi'
import { COST_FIELDS, costsOf } from '@/app/v1/_api/execution-resource'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import type { AgentMetricSet } from '@/lib/evaluation-metrics/agent-rows'
import {
  DEFINITION_FIELDS,
  definitionOf,
  METRIC_KINDS,
  type Metric,
  type MetricVersion,
} from '@/lib/evaluation-metrics/model'
import { METRIC_FILE_FORMAT } from '@/lib/evaluation-metrics/schema'
import type { Imported } from '@/lib/evaluation-metrics/transfer'
import type { Trial } from '@/lib/evaluation-metrics/try-metric'

/** Evaluation metrics on the wire. */

const definitionFields = {
  name: z.string(),
  description: z.string().openapi({ description: 'Sent to the judge to the letter.' }),
  defaultWeight: z.int(),
  levels: z
    .array(z.strictObject({ score: z.int(), label: z.string(), description: z.string() }))
    .openapi({ description: 'From the lowest score to the highest; none for what is measured.' }),
  passScore: z
    .int()
    .nullable()
    .openapi({ description: 'The lowest score that passes; null for what is measured.' }),
}

export const evaluationMetricSchema = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    ...definitionFields,
    kind: z
      .enum(METRIC_KINDS)
      .openapi({ description: 'A judge scores it, or the runtime measures it.' }),
    isSystem: z.boolean().openapi({ description: 'Built in: nobody changes it.' }),
    isDeprecated: z.boolean(),
    deprecatedAt: epochMsOrNull,
    version: z.int(),
    agentCount: z.int().openapi({ description: 'How many agents have opted in.' }),
    clonedFrom: z
      .string()
      .nullable()
      .openapi({ description: 'The key of the metric that it began as a copy of.' }),
    createdBy: z.string(),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('EvaluationMetric')

export const evaluationMetricVersionSchema = z
  .strictObject({
    version: z.int(),
    ...definitionFields,
    changed: z
      .array(z.enum(DEFINITION_FIELDS))
      .openapi({ description: 'What is another than in the version before.' }),
    restoredFrom: z
      .int()
      .nullable()
      .openapi({ description: 'The version whose text it brought back.' }),
    createdBy: z.string(),
    createdAt: epochMs,
  })
  .openapi('EvaluationMetricVersion')

export const metricFileSchema = z
  .strictObject({
    format: z.literal(METRIC_FILE_FORMAT),
    exportedAt: epochMs,
    metrics: z.array(z.strictObject({ key: z.string(), ...definitionFields })),
  })
  .openapi('EvaluationMetricFile')

export const importedSchema = z
  .strictObject({
    applied: z.boolean().openapi({ description: 'False with validateOnly.' }),
    metrics: z.array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        outcome: z.enum(['CREATED', 'CHANGED', 'SKIPPED']),
        changed: z.array(z.enum(DEFINITION_FIELDS)),
        reason: z.enum(['SAME', 'BUILT_IN', 'DEPRECATED']).nullable(),
      }),
    ),
  })
  .openapi('EvaluationMetricImport')

export const trialSchema = z
  .strictObject({
    version: z.int(),
    score: z.int(),
    levelLabel: z.string(),
    passScore: z.int(),
    passed: z.boolean(),
    reason: z.string(),
    signals: z
      .array(z.strictObject({ label: z.string(), value: z.number() }))
      .openapi({ description: 'What led to the score, each from 0 to 1.' }),
    judge: z.strictObject({
      id: z.enum(['local', 'model']),
      label: z.string(),
      isDeterministic: z.boolean(),
      provider: z.string().nullable(),
      model: z.string().nullable(),
    }),
    spent: z
      .strictObject({ inputTokens: z.int(), outputTokens: z.int(), ...COST_FIELDS })
      .nullable()
      .openapi({ description: 'What the model used; null for the local judge.' }),
  })
  .openapi('EvaluationMetricTrial')

export const agentMetricsSchema = z
  .strictObject({
    agentId: z.string(),
    evaluationMetrics: z.array(
      z.strictObject({
        metricId: z.uuid(),
        key: z.string(),
        name: z.string(),
        weight: z.int().openapi({ description: 'As it was given.' }),
        share: z.int().openapi({
          description: 'Percent of the whole score: 100 in sum, 0 for what is deprecated.',
        }),
        isDeprecated: z.boolean(),
      }),
    ),
    modifiedAt: epochMsOrNull,
    modifiedBy: z.string().nullable(),
  })
  .openapi('AgentEvaluationMetrics')

export function trialToWire({ judge, spent, ...trial }: Trial) {
  const { model, ...named } = judge
  return {
    ...trial,
    judge: { ...named, provider: model?.provider ?? null, model: model?.model ?? null },
    spent: spent && {
      inputTokens: spent.tokens.input + spent.tokens.cacheRead + spent.tokens.cacheWrite,
      outputTokens: spent.tokens.output + spent.tokens.reasoning,
      ...costsOf(spent.cost?.input ?? null, spent.cost?.output ?? null),
    },
  }
}

export function metricToWire(metric: Metric) {
  const { id, key, kind, isSystem, isDeprecated, deprecatedAt, version, agentCount } = metric
  const { clonedFrom, createdBy, createdAt, modifiedAt } = metric
  return {
    id,
    key,
    ...definitionOf(metric),
    ...{ kind, isSystem, isDeprecated, deprecatedAt, version, agentCount },
    ...{ clonedFrom, createdBy, createdAt, modifiedAt },
  }
}

export function versionToWire(one: MetricVersion) {
  const { version, changed, restoredFrom, createdBy, createdAt } = one
  return { version, ...definitionOf(one), changed, restoredFrom, createdBy, createdAt }
}

export function importedToWire({ applied, metrics }: Imported) {
  return {
    applied,
    metrics: metrics.map((planned) => ({
      key: planned.key,
      name: planned.name,
      outcome: planned.outcome,
      changed: planned.outcome === 'CHANGED' ? planned.changed : [],
      reason: planned.outcome === 'SKIPPED' ? planned.reason : null,
    })),
  }
}

export function agentMetricsToWire({ agent, metrics, modifiedAt, modifiedBy }: AgentMetricSet) {
  return { agentId: agent, evaluationMetrics: metrics, modifiedAt, modifiedBy }
}
