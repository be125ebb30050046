import { LOCAL_JUDGE } from '@/lib/evaluation-metrics/local-judge'
import type { Judging } from '@/lib/evaluation-metrics/model-judge'
import { quietExecution } from '@/lib/execution/execution-fixture'

/** Judges of a running product, without a provider that costs and without haste. */
export function quietJudging(parts: Partial<Judging> = {}): Judging {
  return {
    ...quietExecution(),
    local: LOCAL_JUDGE,
    pace: { count: async () => undefined },
    ...parts,
  }
}
