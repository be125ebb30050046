import { amountText } from '@/components/charts/amount'
import type { Tone } from '@/components/ui/badge'
import {
  type Execution,
  type ExecutionStatus,
  FAILURE_WORDS,
  type RunTokens,
} from '@/lib/execution/model'

export const STATUS_WORDS: Record<ExecutionStatus, { label: string; tone: Tone }> = {
  RUNNING: { label: 'Running', tone: 'info' },
  SUCCEEDED: { label: 'Succeeded', tone: 'success' },
  FAILED: { label: 'Failed', tone: 'danger' },
}

/** Why it failed, in a sentence; null where it did not. */
export function failureWords({ errorCode }: Pick<Execution, 'errorCode'>): string | null {
  return errorCode === null ? null : (FAILURE_WORDS[errorCode] ?? 'It failed.')
}

/** 840 ms, 3.2 s, 2 min 5 s. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** Local runs cost nothing; what nobody has priced has no amount. */
export function costWords(cost: { input: bigint; output: bigint } | null): string {
  return cost === null ? 'Unpriced' : amountText('usd', cost.input + cost.output)
}

export function costOf({ inputCost, outputCost }: Pick<Execution, 'inputCost' | 'outputCost'>) {
  return inputCost === null || outputCost === null ? null : { input: inputCost, output: outputCost }
}

export function tokenSums({ input, cacheRead, cacheWrite, output, reasoning }: RunTokens) {
  return { input: input + cacheRead + cacheWrite, output: output + reasoning }
}
