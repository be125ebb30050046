import { z } from 'zod'
import type { TokenCounts } from '@/lib/model-pricing/token-kinds'
import { ORIGINS, type Origin } from '@/lib/usage/origin'

/** A model call, or a run of an agent, within which there may be many of them. */
export type UsageEventKind = 'MODEL_CALL' | 'EXECUTION'

/** What a program reports. Times are epoch ms, counts are tokens. */
export interface UsageEvent {
  kind: UsageEventKind
  /** With `source` it names the event: the same pair is counted once, whatever else it says. */
  id: string
  /** Who made the id: a service, a trace. */
  source: string
  occurredAt: number
  origin: Origin
  /** '' for a run, as is the model. */
  provider: string
  model: string
  /** '' where none was named, as for all names below. */
  agent: string
  revision: string
  environment: string
  tokens: TokenCounts
}

/** Who makes the ids of what the product meters itself. No program may: its event would be counted in place of ours. */
export const OWN_SOURCES = 'fruxon:'
/** Of names that programs send; a longer one is refused, not cut: two could become one. */
export const NAME_MAX = 200
/** Tokens of one kind in one call: far more than any model reads. */
export const TOKENS_MAX = 1_000_000_000

const name = z.string().min(1).max(NAME_MAX)
const count = z.int().min(0).max(TOKENS_MAX)

/** Totals as providers and OpenTelemetry report them: parts are included in the totals that they belong to. */
export interface ReportedTokens {
  inputTokens: number
  /** Of the input. */
  cacheReadTokens: number
  /** Of the input; includes those kept for an hour. */
  cacheWriteTokens: number
  /** Of what was written to the cache. */
  cacheWrite1hTokens: number
  /** Of the input that was not cached. */
  inputAudioTokens: number
  outputTokens: number
  /** Of the output. */
  reasoningTokens: number
  /** Of the output. */
  outputAudioTokens: number
}

export const reportedTokensSchema = z.strictObject({
  inputTokens: count.default(0),
  cacheReadTokens: count.default(0),
  cacheWriteTokens: count.default(0),
  cacheWrite1hTokens: count.default(0),
  inputAudioTokens: count.default(0),
  outputTokens: count.default(0),
  reasoningTokens: count.default(0),
  outputAudioTokens: count.default(0),
})

/** The names that usage is grouped by. */
export const usageNamesSchema = {
  provider: name,
  model: name,
  agent: z.string().max(NAME_MAX).default(''),
  revision: z.string().max(NAME_MAX).default(''),
  environment: z.string().max(NAME_MAX).default(''),
  origin: z.enum(ORIGINS).default('PRODUCTION'),
}

/** Of a run: what the calls within it used is counted with them. */
export const NO_TOKENS: TokenCounts = {
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  inputAudio: 0,
  output: 0,
  reasoning: 0,
  outputAudio: 0,
}

/**
 * Takes totals apart into disjoint kinds. Some instrumentations report parts beside the total instead of
 * within it; more parts than total is taken for that, so that nothing is lost and nothing counted twice.
 */
export function disjoint(reported: ReportedTokens): TokenCounts {
  const cacheWrite1h = Math.min(reported.cacheWrite1hTokens, reported.cacheWriteTokens)
  const { cacheReadTokens, cacheWriteTokens, inputAudioTokens } = reported
  const { reasoningTokens, outputAudioTokens } = reported
  return {
    input: beside(reported.inputTokens, cacheReadTokens + cacheWriteTokens + inputAudioTokens),
    cacheRead: cacheReadTokens,
    cacheWrite: cacheWriteTokens - cacheWrite1h,
    cacheWrite1h,
    inputAudio: inputAudioTokens,
    output: beside(reported.outputTokens, reasoningTokens + outputAudioTokens),
    reasoning: reasoningTokens,
    outputAudio: outputAudioTokens,
  }
}

function beside(total: number, parts: number): number {
  return parts <= total ? total - parts : total
}
