import type { TokenPrincipal } from '@/lib/access/principal'
import { agentToRun } from '@/lib/agents/run-definition'
import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import { callModel } from '@/lib/execution/call-model'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { FAILURE_WORDS } from '@/lib/execution/model'
import { promptOf } from '@/lib/execution/prompt'
import { runDeployedAgent } from '@/lib/execution/run-deployed-agent'
import { runInputOf } from '@/lib/execution/run-input'
import type { AgentRuns, RunAnswer, RunWish } from '@/lib/integrations/agent-runs'
import { localModel } from '@/lib/llm-providers/local-model'
import { exactDollars } from '@/lib/model-pricing/dollars'

/** Runs what is deployed, in the name of the integration; what it costs is counted to its key. */
export function deployedAgentRuns(execution: ExecutionRuntime): AgentRuns {
  return {
    run: async (ctx, { agent, input, integration, signal }) => {
      const { response, revision, executionId, cost } = await runDeployedAgent(ctx, execution, {
        agent,
        input,
        starter: {
          kind: 'INTEGRATION',
          id: integration.uid,
          label: integration.displayName,
          token: tokenOf(ctx),
        },
        origin: 'PRODUCTION',
        signal,
      })
      const costUsd = cost && exactDollars(cost.input + cost.output)
      return { response, revision, executionId, costUsd }
    },
    simulate: (ctx, wish) => simulate(ctx, execution, wish),
  }
}

/** Everything of a run but what it leaves behind: the same refusals of the same input, and an answer of no model. */
async function simulate(
  ctx: Pick<Context, 'organization' | 'db'>,
  { timeoutMs }: Pick<ExecutionRuntime, 'timeoutMs'>,
  { agent, input, signal }: RunWish,
): Promise<RunAnswer> {
  const { definition, revision } = await agentToRun(ctx, { agent, revision: null })
  const prompt = promptOf(definition, runInputOf(definition, { input }))
  const model = localModel(definition.model)
  const answer = await callModel(model, definition, prompt, { left: signal, timeoutMs })
  if (answer.failure !== null) {
    throw new DomainError(
      'unavailable',
      answer.failure,
      FAILURE_WORDS[answer.failure] ?? 'The run could not be simulated.',
    )
  }
  return { response: answer.text, revision, executionId: null, costUsd: null }
}

/** Budgets and usage go by it. */
function tokenOf({ principal }: Context) {
  const { tokenId, familyId, tokenName } = principal as TokenPrincipal
  return { id: tokenId, familyId, name: tokenName, currentId: null }
}
