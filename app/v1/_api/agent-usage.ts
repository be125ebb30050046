import { z } from 'zod'
import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { choice, freeText, wholeNumber } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { DAY_MS } from '@/lib/tokens/model'
import { agentUsage, type ModelUsage } from '@/lib/usage/agent-cost'
import { readAgentSeries, SERIES_INTERVALS } from '@/lib/usage/agent-series'
import { ORIGINS } from '@/lib/usage/origin'

const TAG = 'Agent usage'
const PATH = `${TENANT_PREFIX}/agents/{agent}/revisions/{revision}`

const usd = z.number().describe('US dollars.')
const count = z.int().min(0)

const costSchema = z.object({
  agentId: z.string(),
  revision: z.string(),
  inputCost: usd,
  outputCost: usd,
  totalCost: usd,
  executionCount: count.describe('Runs that were reported.'),
  inputTokens: count,
  outputTokens: count,
  unpricedCalls: count.describe('Model calls whose cost nobody knows: they are not in the costs.'),
})

const modelUsageSchema = z.object({
  revision: z.string(),
  providerId: z.string(),
  modelId: z.string(),
  inputTokens: count,
  outputTokens: count,
  cachedTokens: count.describe('Of the input: read from a cache.'),
  thinkingTokens: count.describe('Of the output: reasoning.'),
  executionCount: count.describe('Calls of this model.'),
  inputCost: usd,
  outputCost: usd,
  totalCost: usd,
  unpricedCalls: count,
})

const seriesSchema = z.object({
  agentId: z.string(),
  revision: z.string(),
  interval: z.enum(SERIES_INTERVALS),
  window: z.object({ fromMs: z.int(), toMs: z.int() }).describe('What was read: whole intervals.'),
  cost: z.array(
    z.object({
      bucketStartMs: z.int(),
      cost: z.object({ input: usd, output: usd, total: usd }),
      tokens: z.object({ input: count, output: count }),
    }),
  ),
  executions: z.array(z.object({ bucketStartMs: z.int(), count })),
})

export const AGENT_USAGE_OPERATIONS = [
  operation({
    id: 'getAgentCost',
    tag: TAG,
    method: 'get',
    path: `${PATH}/cost`,
    summary: 'Read what an agent used and cost',
    scope: 'traces:read',
    success: { status: 200, description: 'Sums of all time.', schema: costSchema },
    run: async (call) => {
      const { executions, models } = await agentUsage(call.ctx, agentOf(call))
      return json({
        ...namesOf(call),
        ...costsOf(models),
        executionCount: executions,
        inputTokens: sum(models, 'inputTokens'),
        outputTokens: sum(models, 'outputTokens'),
        unpricedCalls: sum(models, 'unpricedCalls'),
      })
    },
  }),
  operation({
    id: 'listAgentModelUsages',
    tag: TAG,
    method: 'get',
    path: `${PATH}/modelUsages`,
    summary: 'Read what an agent used, by model',
    query: [{ name: 'environment', description: 'Only of this environment.', schema: z.string() }],
    scope: 'traces:read',
    success: {
      status: 200,
      description: 'A row for each provider and model.',
      schema: z.array(modelUsageSchema),
    },
    run: async (call) => {
      const environment = freeText(call.query, 'environment') ?? null
      const { models } = await agentUsage(call.ctx, { ...agentOf(call), environment })
      return json(
        models.map((model) => ({
          revision: call.text('revision'),
          providerId: model.provider,
          modelId: model.model,
          inputTokens: model.inputTokens,
          outputTokens: model.outputTokens,
          cachedTokens: model.cachedTokens,
          thinkingTokens: model.thinkingTokens,
          executionCount: model.calls,
          ...costsOf([model]),
          unpricedCalls: model.unpricedCalls,
        })),
      )
    },
  }),
  operation({
    id: 'getAgentCostTimeseries',
    tag: TAG,
    method: 'get',
    path: `${PATH}/costTimeseries`,
    summary: 'Read what an agent used over time',
    description:
      'Intervals begin in UTC, weeks on Monday. Those that the range touches are whole, also where it begins or ends within them. Intervals without usage are left out.',
    query: [
      { name: 'interval', description: 'DAY unless told.', schema: z.enum(SERIES_INTERVALS) },
      { name: 'from', description: 'Epoch ms; 30 days ago unless told.', schema: z.int() },
      { name: 'to', description: 'Epoch ms, not included; now unless told.', schema: z.int() },
      { name: 'origin', description: 'PRODUCTION unless told.', schema: z.enum(ORIGINS) },
    ],
    scope: 'traces:read',
    success: { status: 200, description: 'The series.', schema: seriesSchema },
    run: async (call) => {
      const moments = { min: 0, max: Number.MAX_SAFE_INTEGER }
      const interval = choice(call.query, 'interval', SERIES_INTERVALS) ?? 'DAY'
      const { window, points } = await readAgentSeries(call.ctx, {
        ...agentOf(call),
        interval,
        from: wholeNumber(call.query, 'from', moments) ?? call.ctx.now - 30 * DAY_MS,
        to: wholeNumber(call.query, 'to', moments) ?? call.ctx.now,
        origin: choice(call.query, 'origin', ORIGINS) ?? 'PRODUCTION',
      })
      return json({
        ...namesOf(call),
        interval,
        window: { fromMs: window.from, toMs: window.to },
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
      })
    },
  }),
]

function agentOf(call: Call) {
  const revision = call.text('revision')
  return { agent: call.text('agent'), revision: revision === '*' ? null : revision }
}

function namesOf(call: Call) {
  return { agentId: call.text('agent'), revision: call.text('revision') }
}

function sum(models: readonly ModelUsage[], key: 'inputTokens' | 'outputTokens' | 'unpricedCalls') {
  return models.reduce((total, model) => total + model[key], 0)
}

/** Summed exactly, then told as the number of dollars that the contract has. */
function costsOf(models: readonly ModelUsage[]) {
  const { input, output, total } = dollarsOf({
    inputCost: models.reduce((all, { inputCost }) => all + inputCost, 0n),
    outputCost: models.reduce((all, { outputCost }) => all + outputCost, 0n),
  })
  return { inputCost: input, outputCost: output, totalCost: total }
}

const NANO_IN_DOLLAR = 1e9

function dollarsOf({ inputCost, outputCost }: { inputCost: bigint; outputCost: bigint }) {
  const dollars = (nano: bigint) => Number(nano) / NANO_IN_DOLLAR
  return {
    input: dollars(inputCost),
    output: dollars(outputCost),
    total: dollars(inputCost + outputCost),
  }
}
