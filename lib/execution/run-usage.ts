import type { ModelAnswer } from '@/lib/execution/call-model'
import type { RunFailure } from '@/lib/execution/run-failure'
import type { BegunRun, RunEnd } from '@/lib/execution/run-rows'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import type { CallCost } from '@/lib/model-pricing/rates'
import { rated } from '@/lib/usage/ingest'
import type { RatedEvent } from '@/lib/usage/store-events'
import { NO_TOKENS, OWN_SOURCES, type UsageEvent } from '@/lib/usage/usage-event'

/** Who makes the ids of what the product runs itself. */
const SOURCE = `${OWN_SOURCES}executions`
const FREE: CallCost = { input: 0n, output: 0n }
/** The provider may have worked on what was broken off, and charge for it: nobody here knows how much. */
const BROKEN_OFF: ReadonlySet<RunFailure> = new Set<RunFailure>([
  'model_timed_out',
  'provider_timeout',
  'run_cancelled',
])

/**
 * What usage counts of a run, and what it cost: the run itself and, where tokens came back, the call of the model. The
 * local provider calls none: its words are no tokens, cost nothing and use up no plan.
 */
export function usageOfRun(
  run: BegunRun,
  { tokens, failure }: Pick<ModelAnswer, 'tokens' | 'failure'>,
  { startedAt, book }: { startedAt: number; book: PriceBook },
): { events: RatedEvent[]; cost: RunEnd['cost'] } {
  const names = {
    source: SOURCE,
    occurredAt: startedAt,
    origin: run.origin,
    agent: run.agentId,
    revision: String(run.revision),
    environment: '',
  }
  const execution: UsageEvent = {
    ...names,
    kind: 'EXECUTION',
    id: run.id,
    provider: '',
    model: '',
    tokens: NO_TOKENS,
  }
  const ran = rated(book, execution)
  if (run.modelOrigin === 'LOCAL') return { events: [ran], cost: FREE }
  if (tokens === null) {
    return { events: [ran], cost: failure && BROKEN_OFF.has(failure) ? null : FREE }
  }
  const called = rated(book, {
    ...names,
    kind: 'MODEL_CALL',
    id: `${run.id}/1`,
    provider: run.provider,
    model: run.model,
    tokens: { ...NO_TOKENS, ...tokens },
  })
  return { events: [ran, called], cost: called.cost }
}
