import { z } from '@hono/zod-openapi'
import {
  evaluationMetricSchema,
  importedSchema,
  importedToWire,
  metricFileSchema,
  metricToWire,
  trialSchema,
  trialToWire,
} from '@/app/v1/_api/evaluation-metric-resource'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { choice, list, pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import {
  cloneMetric,
  createMetric,
  deprecateMetric,
  restoreMetric,
  updateMetric,
} from '@/lib/evaluation-metrics/commands'
import { CREATED_PER_MINUTE } from '@/lib/evaluation-metrics/limits'
import { getMetric, listMetrics } from '@/lib/evaluation-metrics/queries'
import {
  cloneMetricSchema,
  createMetricSchema,
  importMetricsSchema,
  tryMetricSchema,
  updateMetricSchema,
} from '@/lib/evaluation-metrics/schema'
import { exportMetrics, importMetrics } from '@/lib/evaluation-metrics/transfer'
import { tryMetric } from '@/lib/evaluation-metrics/try-metric'
import { runtime } from '@/lib/runtime'

export const METRIC_TAG = 'Evaluation metrics'
const COLLECTION = `${TENANT_PREFIX}/evaluationMetrics`
export const METRIC_PATH = `${COLLECTION}/{metric}`

const ADMINS = 'Needs a token of an admin or a service account.'
const WRITES = { tag: METRIC_TAG, scope: 'datasets:write', conflicts: true } as const
const ON_ONE = { ...WRITES, readScope: 'datasets:read' } as const
const METRIC_NOW = {
  status: 200,
  description: 'The metric now.',
  schema: evaluationMetricSchema,
} as const
const noFieldsSchema = z.strictObject({})
/** 200 metrics with long descriptions in every level. */
const FILE_MAX_BYTES = 2 * 1024 * 1024

export const EVALUATION_METRIC_OPERATIONS = [
  operation({
    id: 'listEvaluationMetrics',
    tag: METRIC_TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List evaluation metrics',
    description: 'Built-in ones and the organization’s own, by key.',
    scope: 'datasets:read',
    query: [
      {
        name: 'includeDeprecated',
        description: 'true = deprecated ones too.',
        schema: z.enum(['true', 'false']),
      },
      ...PAGING_PARAMETERS,
    ],
    success: {
      status: 200,
      description: 'A page of metrics.',
      schema: pageOf(evaluationMetricSchema, 'EvaluationMetricPage'),
    },
    run: async ({ ctx, query }) => {
      const includeDeprecated = choice(query, 'includeDeprecated', ['true', 'false']) === 'true'
      const page = await listMetrics(ctx, { includeDeprecated, ...pageRequest(query) })
      return json({ ...page, items: page.items.map(metricToWire) })
    },
  }),
  operation({
    ...WRITES,
    id: 'createEvaluationMetric',
    method: 'post',
    path: COLLECTION,
    summary: 'Make an evaluation metric',
    description: `No agent uses it before it opts in. At most ${CREATED_PER_MINUTE} a minute for an organization. ${ADMINS}`,
    body: { schema: createMetricSchema, required: true },
    success: { status: 201, description: 'The metric.', schema: evaluationMetricSchema },
    run: async ({ ctx, body, path }) => {
      const metric = await createMetric(ctx, body)
      return json(metricToWire(metric), 201, { Location: `${path}/${metric.id}` })
    },
  }),
  // Before the item, which its verb would else be taken for.
  operation({
    id: 'exportEvaluationMetrics',
    tag: METRIC_TAG,
    method: 'get',
    path: `${COLLECTION}:export`,
    summary: 'Export evaluation metrics',
    description: 'The organization’s own, as :import takes them.',
    scope: 'datasets:read',
    query: [
      {
        name: 'keys',
        description: 'Only these, comma-separated; all that are in use where left out.',
        schema: z.string(),
      },
    ],
    success: { status: 200, description: 'The file.', schema: metricFileSchema },
    run: async ({ ctx, query }) => json(await exportMetrics(ctx, { keys: list(query, 'keys') })),
  }),
  operation({
    id: 'getEvaluationMetric',
    tag: METRIC_TAG,
    method: 'get',
    path: METRIC_PATH,
    summary: 'Get one evaluation metric',
    scope: 'datasets:read',
    success: { status: 200, description: 'The metric.', schema: evaluationMetricSchema },
    run: async (call) =>
      json(metricToWire(await getMetric(call.ctx, { metricId: call.id('metric') }))),
  }),
  operation({
    ...ON_ONE,
    id: 'putEvaluationMetric',
    method: 'put',
    path: METRIC_PATH,
    summary: 'Change an evaluation metric',
    description: `Makes a new version, which counts from the next run of every agent that uses it. The key never changes; a built-in metric is a 400. With \`version\`, a change that somebody else made meanwhile is a 409. ${ADMINS}`,
    body: { schema: updateMetricSchema, required: true },
    success: METRIC_NOW,
    run: async (call) => {
      const wish = { metricId: call.id('metric'), ...call.body }
      return json(metricToWire(await updateMetric(call.ctx, wish)))
    },
  }),
  operation({
    ...ON_ONE,
    id: 'deprecateEvaluationMetric',
    method: 'post',
    path: `${METRIC_PATH}:deprecate`,
    summary: 'Deprecate an evaluation metric',
    description: `Nothing is scored by it any more, and no agent opts in. All history stays. ${ADMINS}`,
    body: { schema: noFieldsSchema, required: false },
    success: METRIC_NOW,
    run: async (call) =>
      json(metricToWire(await deprecateMetric(call.ctx, { metricId: call.id('metric') }))),
  }),
  operation({
    ...ON_ONE,
    id: 'restoreEvaluationMetric',
    method: 'post',
    path: `${METRIC_PATH}:restore`,
    summary: 'Take a deprecation back',
    description: ADMINS,
    body: { schema: noFieldsSchema, required: false },
    success: METRIC_NOW,
    run: async (call) =>
      json(metricToWire(await restoreMetric(call.ctx, { metricId: call.id('metric') }))),
  }),
  operation({
    ...ON_ONE,
    id: 'cloneEvaluationMetric',
    method: 'post',
    path: `${METRIC_PATH}:clone`,
    summary: 'Copy an evaluation metric',
    description: `Of a built-in metric as well, but not of one that is measured. Counts as making one. ${ADMINS}`,
    body: { schema: cloneMetricSchema, required: false },
    success: { status: 201, description: 'The copy.', schema: evaluationMetricSchema },
    run: async (call) => {
      const metric = await cloneMetric(call.ctx, { metricId: call.id('metric'), ...call.body })
      const collection = call.path.slice(0, call.path.lastIndexOf('/'))
      return json(metricToWire(metric), 201, { Location: `${collection}/${metric.id}` })
    },
  }),
  operation({
    id: 'tryEvaluationMetric',
    tag: METRIC_TAG,
    method: 'post',
    path: `${METRIC_PATH}:try`,
    summary: 'Try an evaluation metric on texts',
    description:
      'Asks the local judge, which compares words and calls no model, or the model that `judge` names, of a provider that is set up here. The answer says who has judged. A model needs agents:test as well; its calls count in usage as a test, enforced budgets are asked before, and an organization makes 20 such judgements a minute. The texts are not kept.',
    scope: 'datasets:read',
    runsModels: true,
    body: { schema: tryMetricSchema, required: true, maxBytes: 256 * 1024 },
    success: { status: 200, description: 'What the judge says.', schema: trialSchema },
    run: async (call) => {
      const wish = { metricId: call.id('metric'), signal: call.signal, ...call.body }
      return json(trialToWire(await tryMetric(call.ctx, runtime().judging, wish)))
    },
  }),
  operation({
    ...WRITES,
    id: 'importEvaluationMetrics',
    method: 'post',
    path: `${COLLECTION}:import`,
    summary: 'Import evaluation metrics',
    description: `All or nothing, by key: new ones are made, others get a new version where anything differs. validateOnly tells what would be done. ${ADMINS}`,
    body: { schema: importMetricsSchema, required: true, maxBytes: FILE_MAX_BYTES },
    success: { status: 200, description: 'What was done with each.', schema: importedSchema },
    run: async ({ ctx, body }) => json(importedToWire(await importMetrics(ctx, body))),
  }),
]
