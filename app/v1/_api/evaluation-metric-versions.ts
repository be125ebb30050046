import { z } from '@hono/zod-openapi'
import {
  evaluationMetricSchema,
  evaluationMetricVersionSchema,
  metricToWire,
  versionToWire,
} from '@/app/v1/_api/evaluation-metric-resource'
import { METRIC_PATH, METRIC_TAG } from '@/app/v1/_api/evaluation-metrics'
import { type Call, operation } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import { notFound } from '@/lib/errors'
import { restoreMetricVersion } from '@/lib/evaluation-metrics/commands'
import { getMetricVersion, listMetricVersions } from '@/lib/evaluation-metrics/queries'
import { versionNumberSchema } from '@/lib/evaluation-metrics/schema'

const VERSIONS = `${METRIC_PATH}/versions`

export const EVALUATION_METRIC_VERSION_OPERATIONS = [
  operation({
    id: 'listEvaluationMetricVersions',
    tag: METRIC_TAG,
    method: 'get',
    path: VERSIONS,
    summary: 'List the versions of an evaluation metric',
    description: 'The newest first. A version never changes.',
    scope: 'datasets:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'A page of versions.',
      schema: pageOf(evaluationMetricVersionSchema, 'EvaluationMetricVersionPage'),
    },
    run: async (call) => {
      const wish = { metricId: call.id('metric'), ...pageRequest(call.query) }
      const page = await listMetricVersions(call.ctx, wish)
      return json({ ...page, items: page.items.map(versionToWire) })
    },
  }),
  operation({
    id: 'getEvaluationMetricVersion',
    tag: METRIC_TAG,
    method: 'get',
    path: `${VERSIONS}/{version}`,
    summary: 'Get one version of an evaluation metric',
    scope: 'datasets:read',
    success: { status: 200, description: 'The version.', schema: evaluationMetricVersionSchema },
    run: async (call) => json(versionToWire(await getMetricVersion(call.ctx, versionOf(call)))),
  }),
  operation({
    id: 'restoreEvaluationMetricVersion',
    tag: METRIC_TAG,
    method: 'post',
    path: `${VERSIONS}/{version}:restore`,
    summary: 'Bring an old version back as a new one',
    description: 'Needs a token of an admin or a service account.',
    scope: 'datasets:write',
    readScope: 'datasets:read',
    conflicts: true,
    body: { schema: z.strictObject({}), required: false },
    success: { status: 200, description: 'The metric now.', schema: evaluationMetricSchema },
    run: async (call) => json(metricToWire(await restoreMetricVersion(call.ctx, versionOf(call)))),
  }),
]

/** @throws DomainError not-found where no version can have that number */
function versionOf(call: Call): { metricId: string; version: number } {
  const text = call.text('version')
  const version = versionNumberSchema.safeParse(/^\d{1,7}$/.test(text) ? Number(text) : null)
  if (!version.success) throw notFound()
  return { metricId: call.id('metric'), version: version.data }
}
