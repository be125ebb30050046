import type { RunTokens } from '@/lib/execution/model'
import type { BegunRun, RunEnd } from '@/lib/execution/run-rows'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import type { CallCost } from '@/lib/model-pricing/rates'
import { rated } from '@/lib/usage/ingest'
import type { RatedEvent } from '@/lib/usage/store-events'
import { NO_TOKENS, type UsageEvent } from '@/lib/usage/usage-event'

/** Who makes the ids of what the product runs itself. */
const SOURCE = 'fruxon:executions'
const FREE: CallCost = { input: 0n, output: 0n }

/**
 * What usage counts of a run, and what it cost: the run itself and, where tokens came back, the call of the model. The
 * local provider calls none: its words are no tokens, cost nothing and use up no plan.
 */
export function usageOfRun(
  run: BegunRun,
  tokens: RunTokens | null,
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
  if (tokens === null || run.modelOrigin === 'LOCAL') return { events: [ran], cost: FREE }
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
