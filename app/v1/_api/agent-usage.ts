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
import { operation } from '@/app/v1/_api/operation'
import { freeText } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { agentUsage, type ModelUsage } from '@/lib/usage/agent-cost'

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

const getAgentCost = operation({
  id: 'getAgentCost',
  tag: AGENT_USAGE_TAG,
  method: 'get',
  path: `${AGENT_USAGE_PATH}/cost`,
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
})

const listAgentModelUsages = operation({
  id: 'listAgentModelUsages',
  tag: AGENT_USAGE_TAG,
  method: 'get',
  path: `${AGENT_USAGE_PATH}/modelUsages`,
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
})

export const AGENT_USAGE_OPERATIONS = [
  getAgentCost,
  listAgentModelUsages,
  {
    ...listAgentModelUsages,
    id: `${listAgentModelUsages.id}Deprecated`,
    tag: `${AGENT_USAGE_TAG} (deprecated)`,
    path: `${AGENT_USAGE_PATH}/model-usages`,
    summary: `${listAgentModelUsages.summary} (older path)`,
    description: `The same as \`GET ${listAgentModelUsages.path}\`; use that.`,
    successor: listAgentModelUsages.id,
  },
]

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
