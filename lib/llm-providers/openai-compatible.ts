import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV3 } from '@ai-sdk/provider'
import { guardedFetch } from '@/lib/llm-providers/guarded-fetch'

interface Connection {
  provider: string
  baseUrl: string
  /** Null where none is needed. */
  apiKey: string | null
  /** Reached although they are private or in the clear. */
  allowedOrigins: readonly string[]
}

/** A model behind an OpenAI-compatible interface. It holds the key: never log or serialise it. */
export function openAiCompatibleModel(
  { provider, baseUrl, apiKey, allowedOrigins }: Connection,
  model: string,
): LanguageModelV3 {
  const isOpenAi = new URL(baseUrl).hostname === 'api.openai.com'
  return createOpenAICompatible({
    name: provider,
    baseURL: baseUrl,
    ...(apiKey !== null && { apiKey }),
    fetch: guardedFetch(allowedOrigins),
    ...(isOpenAi && { transformRequestBody: asOpenAiNamesIt }),
  })(model)
}

/** OpenAI's newer models refuse the old name of the limit; the other providers know no other. */
function asOpenAiNamesIt({ max_tokens, ...rest }: Record<string, unknown>) {
  return max_tokens === undefined ? rest : { ...rest, max_completion_tokens: max_tokens }
}
