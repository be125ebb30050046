import { context, type Tracer, trace } from '@opentelemetry/api'
import { type Dice, weighted } from '@/prisma/seed/dice'
import type { DemoAgent, DemoModel } from '@/prisma/seed/usage-agents'
import { drawTokens } from '@/prisma/seed/usage-calls'

/** What an instrumented program tells of one call (OpenTelemetry GenAI semantic conventions). */
function attributesOf(model: DemoModel, dice: Dice): Record<string, string | number> {
  const tokens = drawTokens(model, dice)
  return {
    'gen_ai.operation.name': tokens.outputTokens === 0 ? 'embeddings' : 'chat',
    'gen_ai.provider.name': model.provider,
    'gen_ai.request.model': model.model,
    'gen_ai.response.model': model.model,
    'gen_ai.usage.input_tokens': tokens.inputTokens,
    'gen_ai.usage.cache_read.input_tokens': tokens.cacheReadTokens,
    'gen_ai.usage.cache_creation.input_tokens': tokens.cacheWriteTokens,
    'gen_ai.usage.output_tokens': tokens.outputTokens,
    'gen_ai.usage.reasoning.output_tokens': tokens.reasoningTokens,
  }
}

/** A run of the agent with its model calls, each a span within the run's. Returns how many calls it made. */
export function runAgent(tracer: Tracer, agent: DemoAgent, dice: Dice): number {
  const identity = {
    'gen_ai.agent.id': agent.agent,
    'gen_ai.agent.version': String(agent.revisionsAgo.length),
  }
  const run = tracer.startSpan(`invoke_agent ${agent.agent}`, {
    attributes: { ...identity, 'gen_ai.operation.name': 'invoke_agent' },
  })
  const within = trace.setSpan(context.active(), run)
  const calls = 1 + Math.floor(dice() * agent.callsInRun)
  for (let call = 0; call < calls; call++) {
    const model = weighted(agent.models, dice)
    const attributes = { ...identity, ...attributesOf(model, dice) }
    tracer.startSpan(`chat ${model.model}`, { attributes }, within).end()
  }
  run.end()
  return calls
}
