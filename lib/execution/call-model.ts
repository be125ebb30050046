import type { LanguageModelV3 } from '@ai-sdk/provider'
import type { LanguageModelUsage } from 'ai'
import type { AgentDefinition } from '@/lib/agents/model'
import type { RunTokens } from '@/lib/execution/model'
import type { Prompt } from '@/lib/execution/prompt'
import { type RunFailure, runFailureOf } from '@/lib/execution/run-failure'
import { disjoint, TOKENS_MAX } from '@/lib/usage/usage-event'

/** Tries after the first that the provider may be given. */
const RETRIES = 1

/** What came of a call. `failure` is in our words: what a provider says can hold a key. */
export type ModelAnswer =
  | { failure: null; text: string; finishReason: string; tokens: RunTokens }
  | { failure: RunFailure; finishReason: string | null; tokens: RunTokens | null }

/**
 * Asks the model once. It never rejects for what the provider does, and ends with the signal even where the provider
 * does not.
 */
export async function callModel(
  languageModel: LanguageModelV3,
  { temperature, maxOutputTokens }: Pick<AgentDefinition, 'temperature' | 'maxOutputTokens'>,
  prompt: Prompt,
  { left, timeoutMs }: { left: AbortSignal | undefined; timeoutMs: number },
): Promise<ModelAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const abortSignal = left ? AbortSignal.any([left, timeout]) : timeout
  // Heavy, and needed by nothing but a run.
  const { generateText } = await import('ai')
  // It would write warnings of providers to the console, past our log.
  globalThis.AI_SDK_LOG_WARNINGS = false
  try {
    const { text, finishReason, usage } = await untilAborted(
      abortSignal,
      generateText({
        model: languageModel,
        system: prompt.system,
        prompt: prompt.user,
        maxRetries: RETRIES,
        abortSignal,
        ...(temperature !== null && { temperature }),
        ...(maxOutputTokens !== null && { maxOutputTokens }),
      }),
    )
    const tokens = tokensOf(usage)
    if (finishReason === 'error') return { failure: 'provider_failed', finishReason, tokens }
    return { failure: null, text, finishReason, tokens }
  } catch (error) {
    const failure = left?.aborted
      ? 'run_cancelled'
      : timeout.aborted
        ? 'model_timed_out'
        : await runFailureOf(error)
    return { failure, finishReason: null, tokens: null }
  }
}

async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  // Nobody waits for it once the signal came.
  work.catch(() => undefined)
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Providers count as they like: what is no count of tokens is none. */
function tokensOf(usage: LanguageModelUsage): RunTokens {
  const count = (told: number | undefined) =>
    told !== undefined && told > 0 ? Math.min(Math.trunc(told), TOKENS_MAX) : 0
  const { inputTokenDetails, outputTokenDetails } = usage
  const { input, cacheRead, cacheWrite, output, reasoning } = disjoint({
    inputTokens: count(usage.inputTokens),
    cacheReadTokens: count(inputTokenDetails.cacheReadTokens),
    cacheWriteTokens: count(inputTokenDetails.cacheWriteTokens),
    cacheWrite1hTokens: 0,
    inputAudioTokens: 0,
    outputTokens: count(usage.outputTokens),
    reasoningTokens: count(outputTokenDetails.reasoningTokens),
    outputAudioTokens: 0,
  })
  return { input, cacheRead, cacheWrite, output, reasoning }
}
