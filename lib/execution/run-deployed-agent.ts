import type pg from 'pg'
import type { AgentDefinition } from '@/lib/agents/model'
import { agentToRun } from '@/lib/agents/run-definition'
import type { Context, OrganizationContext, RequestFacts } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { callModel } from '@/lib/execution/call-model'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { isAlarming, tellOfFailure } from '@/lib/execution/failure-alert'
import type { Starter } from '@/lib/execution/model'
import { promptOf } from '@/lib/execution/prompt'
import { requireBudget } from '@/lib/execution/require-budget'
import { failedRun } from '@/lib/execution/run-failure'
import { runInputOf } from '@/lib/execution/run-input'
import { type BegunRun, insertBegun, type RunEnd, recordEnd } from '@/lib/execution/run-rows'
import { usageOfRun } from '@/lib/execution/run-usage'
import type { ExecuteAgentInput } from '@/lib/execution/schema'
import { newId } from '@/lib/ids'
import type { OpenedModel } from '@/lib/llm-providers/open-model'
import type { Origin } from '@/lib/usage/origin'
import { storeEvents } from '@/lib/usage/store-events'

/** Where a run takes place; a context is one. */
export type RunPlace = Pick<Context, 'db' | 'now'> & {
  organization: Pick<OrganizationContext, 'id'>
  request: Pick<RequestFacts, 'id'>
}

export interface RunOrder
  extends Pick<ExecuteAgentInput, 'input' | 'parameters' | 'sessionId' | 'chatUser'> {
  /** The id of the agent. */
  agent: string
  /** Null: the one that is deployed. */
  revision?: number | null | undefined
  /** Whose run it is, and by its token whose budget: null there spends of no token's. */
  starter: Starter
  origin: Origin
  /** Set where a delivery from outside started it: it runs once for each. */
  deliveryId?: string
  /** Ends the run when the caller has left. */
  signal?: AbortSignal
  /** Begins it in a transaction that sees to it that it begins once; `begin` writes the row. */
  once?: (begin: Begin, runId: string) => ReturnType<Begin>
}

/** @returns epoch ms, or null where another run of the same delivery is there already */
type Begin = (client: Pick<pg.Pool | pg.PoolClient, 'query'>) => Promise<number | null>

/** A run that succeeded. Money is nano-USD, null where no price is known. */
export interface FinishedRun {
  executionId: string
  sessionId: string
  agentId: string
  revision: number
  response: string
  finishReason: string
  /** LOCAL: no model was called. */
  modelOrigin: OpenedModel['origin']
  durationMs: number
  cost: RunEnd['cost']
}

/**
 * Runs an agent for a caller that has authorized already: MCP, deliveries from outside, `executeAgent`. The run is
 * written down before the model is called; how it ended and what it used are committed together, whether it succeeded
 * or failed.
 * @throws DomainError not-found where there is no such agent or revision | conflict `agent_archived` |
 *   `nothing_deployed` | `delivery_has_run` | invalid at /input/<name> | over-budget `budget_exhausted` | throttled
 *   `too_many_runs` | unavailable `provider_not_configured` | what `failedRun` makes of a provider that fails
 */
export async function runDeployedAgent(
  place: RunPlace,
  runtime: ExecutionRuntime,
  order: RunOrder,
): Promise<FinishedRun> {
  const agent = await agentToRun(place, { agent: order.agent, revision: order.revision ?? null })
  const input = runInputOf(agent.definition, order)
  const release = runtime.slots.take(place.organization.id)
  try {
    const familyId = order.starter.token?.familyId ?? null
    await requireBudget(place, { familyId, agent: agent.id, origin: order.origin })
    const opened = await runtime.openModel(place, agent.definition)
    const run: BegunRun = {
      id: newId(),
      agentUid: agent.uid,
      agentId: agent.id,
      revision: agent.revision,
      sessionId: order.sessionId ?? newId(),
      chatUserId: order.chatUser?.id ?? null,
      deliveryId: order.deliveryId ?? null,
      requestId: place.request.id,
      origin: order.origin,
      provider: opened.provider,
      model: opened.model,
      modelOrigin: opened.origin,
    }
    const { starter } = order
    const begin: Begin = (client) =>
      insertBegun(client, place.organization.id, run, { starter, timeoutMs: runtime.timeoutMs })
    const startedAt = await (order.once?.(begin, run.id) ?? begin(place.db.pool))
    if (startedAt === null) throw deliveryHasRun()
    const prompt = promptOf(agent.definition, input)
    return await finish(place, runtime, { run, startedAt, order, opened, prompt, ...agent })
  } finally {
    release()
  }
}

interface RunUnderWay {
  run: BegunRun
  startedAt: number
  order: RunOrder
  opened: OpenedModel
  prompt: ReturnType<typeof promptOf>
  definition: AgentDefinition
}

async function finish(
  place: RunPlace,
  runtime: ExecutionRuntime,
  { run, startedAt, order, opened, prompt, definition }: RunUnderWay,
): Promise<FinishedRun> {
  const began = performance.now()
  const answer = await callModel(opened.languageModel, definition, prompt, {
    left: order.signal,
    timeoutMs: runtime.timeoutMs,
  })
  const durationMs = Math.round(performance.now() - began)
  const organizationId = place.organization.id
  const book = await runtime.meter.prices.of(place.db, organizationId)
  const { events, cost } = usageOfRun(run, answer, { startedAt, book })
  const end: RunEnd = { ...answer, errorCode: answer.failure, cost, durationMs }
  await sqlTransaction(place.db.pool, async (client) => {
    await recordEnd(client, organizationId, run.id, end)
    const familyId = order.starter.token?.familyId ?? null
    await storeEvents(client, { organizationId, familyId }, events)
    if (answer.failure !== null && isAlarming(answer.failure, run)) {
      const failed = { organizationId, agentUid: run.agentUid, failure: answer.failure }
      await tellOfFailure(client, runtime.emailLinks, failed)
    }
  })
  runtime.meter.signals.counted(organizationId)
  if (answer.failure !== null) throw failedRun(answer.failure, run.id)
  return {
    executionId: run.id,
    sessionId: run.sessionId,
    agentId: run.agentId,
    revision: run.revision,
    response: answer.text,
    finishReason: answer.finishReason,
    modelOrigin: run.modelOrigin,
    durationMs,
    cost,
  }
}

function deliveryHasRun(): DomainError {
  return new DomainError('conflict', 'delivery_has_run', 'A run of this delivery is there already.')
}
