import type { Pool } from 'pg'
import { readDeployedRevision } from '@/lib/agents/deployments'
import { agentToRun } from '@/lib/agents/run-definition'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { type DomainError, invalid, isDomainError } from '@/lib/errors'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { inputOfDelivery } from '@/lib/execution/inbound-input'
import { runDeployedAgent } from '@/lib/execution/run-deployed-agent'
import { runOfDelivery } from '@/lib/execution/run-rows'
import type { AgentTarget } from '@/lib/inbound/model'
import type { SubscriberRules } from '@/lib/inbound/subscriber-rules'
import type { Firing, FiringOutcome, TriggerTarget } from '@/lib/inbound/trigger-target'

/** Whether an agent may take deliveries: for those who may run it themselves, and while something is deployed. */
export function subscriberRules(allowedOrigins: readonly string[]): SubscriberRules {
  return { allowedOrigins, requireAgent }
}

async function requireAgent(ctx: Context, agent: string): Promise<void> {
  try {
    await readDeployedRevision(ctx, { agent })
  } catch (error) {
    if (!isDomainError(error) || error.kind === 'forbidden') throw error
    throw invalid([{ pointer: '/subscriberId', detail: wordsOf(error, agent) }])
  }
}

/**
 * Runs an agent for each delivery, once: what has answered already is not run again, and neither is what was broken off
 * in the middle, which may have had its effect (docs/decisions/0019).
 * @param onProblem is told of what nobody expects; whoever reads the delivery is told that much
 */
export function agentTarget(
  db: Database,
  execution: ExecutionRuntime,
  onProblem: (error: unknown) => void,
): TriggerTarget<AgentTarget> {
  return {
    async fire(target, firing) {
      try {
        return (
          (await earlierOutcome(db.pool, target, firing)) ??
          (await run(db, execution, target, firing))
        )
      } catch (error) {
        if (isDomainError(error)) {
          if (error.code === 'delivery_has_run') {
            const outcome = await earlierOutcome(db.pool, target, firing).catch(() => null)
            if (outcome) return outcome
          }
          return failure(wordsOf(error, target.agentId))
        }
        onProblem(error)
        return failure('The run could not be begun, or how it ended could not be written down.')
      }
    },
  }
}

async function run(
  db: Database,
  execution: ExecutionRuntime,
  { agentId }: AgentTarget,
  { organizationId, deliveryId, webhookId, webhookName, body }: Firing,
): Promise<FiringOutcome> {
  const place = { organization: { id: organizationId }, db, now: Date.now() }
  const agent = await agentToRun(place, { agent: agentId, revision: null })
  const read = inputOfDelivery(agent.definition.parameters, body)
  if ('refusal' in read) return failure(read.refusal)
  const { executionId } = await runDeployedAgent(
    { ...place, request: { id: deliveryId } },
    execution,
    {
      agent: agentId,
      // The one that the body was read for, whatever is deployed meanwhile.
      revision: agent.revision,
      input: read.input,
      starter: { kind: 'WEBHOOK', id: webhookId, label: webhookName, token: null },
      origin: 'PRODUCTION',
      deliveryId,
    },
  )
  return { succeeded: true, status: null, outcome: `Run ${executionId} answered.` }
}

/** Of a run that this delivery has had by this agent; null where it may have one. */
async function earlierOutcome(
  pool: Pool,
  { agentId }: AgentTarget,
  { organizationId, deliveryId }: Firing,
): Promise<FiringOutcome | null> {
  const earlier = await runOfDelivery(pool, organizationId, { deliveryId, agentId })
  if (!earlier) return null
  const { id, status } = earlier
  if (status === 'SUCCEEDED') {
    return { succeeded: true, status: null, outcome: `Run ${id} had answered already.` }
  }
  return failure(
    status === 'RUNNING'
      ? `Run ${id} is still under way.`
      : `Run ${id} was broken off and may have had its effect, so it is not run again.`,
  )
}

/** A refusal in one sentence or two: ours alone, and of what was sent no more than the names of declared parameters. */
function wordsOf({ kind, code, message, errors }: DomainError, agent: string): string {
  if (kind === 'not-found') return `There is no agent ${agent}, or you may not see it.`
  if (code === 'agent_archived') return `The agent ${agent} is archived.`
  if (code === 'nothing_deployed') return `No revision of the agent ${agent} is deployed.`
  if (kind !== 'invalid') return message
  return errors
    .map(({ pointer, detail }) => `${pointer.replace(/^\/input\/?/, '') || 'Its body'}: ${detail}`)
    .join(' ')
}

function failure(outcome: string): FiringOutcome {
  return { succeeded: false, status: null, outcome }
}
