import { z } from 'zod'
import {
  AGENT_USAGE_PATH,
  AGENT_USAGE_TAG,
  agentOf,
  count,
  dollarsOf,
  namesOf,
  usd,
} from '@/app/v1/_api/agent-usage-resource'
import { type Call, operation, type QueryParameter } from '@/app/v1/_api/operation'
import { choice, wholeNumber } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { DAY_MS } from '@/lib/tokens/model'
import { readAgentEnvironments } from '@/lib/usage/agent-environments'
import { readAgentSeries, SERIES_INTERVALS, type SeriesPoint } from '@/lib/usage/agent-series'
import { ORIGINS } from '@/lib/usage/origin'

const INTERVALS_TOLD =
  'Intervals begin in UTC, weeks on Monday. Those that the range touches are whole, also where it begins or ends within them. Intervals without usage are left out.'

const QUERY: readonly QueryParameter[] = [
  { name: 'interval', description: 'DAY unless told.', schema: z.enum(SERIES_INTERVALS) },
  { name: 'from', description: 'Epoch ms; 30 days ago unless told.', schema: z.int() },
  { name: 'to', description: 'Epoch ms, not included; now unless told.', schema: z.int() },
  { name: 'origin', description: 'PRODUCTION unless told.', schema: z.enum(ORIGINS) },
]

/** What every series says of itself. */
const headSchema = {
  agentId: z.string(),
  revision: z.string(),
  interval: z.enum(SERIES_INTERVALS),
  window: z.object({ fromMs: z.int(), toMs: z.int() }).describe('What was read: whole intervals.'),
}

const seriesSchema = {
  cost: z.array(
    z.object({
      bucketStartMs: z.int(),
      cost: z.object({ input: usd, output: usd, total: usd }),
      tokens: z.object({ input: count, output: count }),
    }),
  ),
  executions: z.array(z.object({ bucketStartMs: z.int(), count })),
}

const pointSchema = z.object({
  bucketStartMs: z.int(),
  inputCost: usd,
  outputCost: usd,
  totalCost: usd,
  inputTokens: count,
  outputTokens: count,
  executionCount: count.describe('Runs that were reported.'),
})

const getAgentCostTimeseries = operation({
  id: 'getAgentCostTimeseries',
  tag: AGENT_USAGE_TAG,
  method: 'get',
  path: `${AGENT_USAGE_PATH}/costTimeseries`,
  summary: 'Read what an agent used over time',
  description: INTERVALS_TOLD,
  query: QUERY,
  scope: 'traces:read',
  success: {
    status: 200,
    description: 'The series.',
    schema: z.object({ ...headSchema, ...seriesSchema }),
  },
  run: async (call) => {
    const request = requestOf(call)
    const { window, points } = await readAgentSeries(call.ctx, request)
    return json({ ...headOf(call, request.interval, window), ...seriesOf(points) })
  },
})

const getAgentEnvironmentCostTimeseries = operation({
  id: 'getAgentEnvironmentCostTimeseries',
  tag: AGENT_USAGE_TAG,
  method: 'get',
  path: `${AGENT_USAGE_PATH}/environmentCostTimeseries`,
  summary: 'Read what an agent used over time, by environment',
  description: `${INTERVALS_TOLD} An environment of which nothing was ever reported is a 400.`,
  query: [
    {
      name: 'environment',
      description: 'Give it once for each environment, at least one.',
      schema: z.array(z.string()),
    },
    ...QUERY,
  ],
  scope: 'traces:read',
  success: {
    status: 200,
    description: 'A series for each environment, as they were asked for.',
    schema: z.object({
      ...headSchema,
      environments: z.array(z.object({ slug: z.string(), ...seriesSchema })),
    }),
  },
  run: async (call) => {
    const request = requestOf(call)
    const slugs = call.query.texts('environment')
    const { window, environments } = await readAgentEnvironments(call.ctx, request, slugs)
    return json({
      ...headOf(call, request.interval, window),
      environments: environments.map(({ slug, points }) => ({ slug, ...seriesOf(points) })),
    })
  },
})

const getAgentCostPoints = operation({
  id: 'getAgentCostTimeseriesDeprecated',
  tag: `${AGENT_USAGE_TAG} (deprecated)`,
  method: 'get',
  path: `${AGENT_USAGE_PATH}/cost/timeseries`,
  summary: 'Read what an agent used over time (older path)',
  description: `The same numbers as \`GET ${getAgentCostTimeseries.path}\`, in one flat list; use that.`,
  query: QUERY,
  scope: 'traces:read',
  successor: getAgentCostTimeseries.id,
  success: {
    status: 200,
    description: 'The series.',
    schema: z.object({ ...headSchema, points: z.array(pointSchema) }),
  },
  run: async (call) => {
    const request = requestOf(call)
    const { window, points } = await readAgentSeries(call.ctx, request)
    return json({ ...headOf(call, request.interval, window), points: points.map(flat) })
  },
})

export const AGENT_SERIES_OPERATIONS = [
  getAgentCostTimeseries,
  getAgentEnvironmentCostTimeseries,
  getAgentCostPoints,
]

function requestOf(call: Call) {
  const moments = { min: 0, max: Number.MAX_SAFE_INTEGER }
  return {
    ...agentOf(call),
    interval: choice(call.query, 'interval', SERIES_INTERVALS) ?? 'DAY',
    from: wholeNumber(call.query, 'from', moments) ?? call.ctx.now - 30 * DAY_MS,
    to: wholeNumber(call.query, 'to', moments) ?? call.ctx.now,
    origin: choice(call.query, 'origin', ORIGINS) ?? 'PRODUCTION',
  }
}

function headOf(call: Call, interval: string, window: { from: number; to: number }) {
  return { ...namesOf(call), interval, window: { fromMs: window.from, toMs: window.to } }
}

function seriesOf(points: readonly SeriesPoint[]) {
  return {
    cost: points
      .filter(({ calls }) => calls > 0)
      .map((point) => ({
        bucketStartMs: point.bucket,
        cost: dollarsOf(point),
        tokens: { input: point.inputTokens, output: point.outputTokens },
      })),
    executions: points
      .filter(({ executions }) => executions > 0)
      .map(({ bucket, executions }) => ({ bucketStartMs: bucket, count: executions })),
  }
}

function flat(point: SeriesPoint) {
  const { input, output, total } = dollarsOf(point)
  return {
    bucketStartMs: point.bucket,
    inputCost: input,
    outputCost: output,
    totalCost: total,
    inputTokens: point.inputTokens,
    outputTokens: point.outputTokens,
    executionCount: point.executions,
  }
}
