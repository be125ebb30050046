import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3GenerateResult,
} from '@ai-sdk/provider'
import { LOCAL_PROVIDER } from '@/lib/llm-providers/model'

const WORD = /\S+/g

/**
 * Answers without a model, the same to the same question: it says what it is and repeats what it was told last. To
 * see a whole run, its trace and its metering before a model is paid for. Tokens are words.
 */
export function localModel(modelId: string): LanguageModelV3 {
  return {
    specificationVersion: 'v3',
    provider: LOCAL_PROVIDER,
    modelId,
    supportedUrls: {},
    doGenerate: async (options) => answerTo(options),
    doStream: () => {
      throw new Error('The local provider does not stream.')
    },
  }
}

function answerTo({
  prompt,
  maxOutputTokens,
}: LanguageModelV3CallOptions): LanguageModelV3GenerateResult {
  const texts = prompt.map((message) =>
    message.role === 'system'
      ? message.content
      : message.content.map((part) => ('text' in part ? part.text : '')).join(''),
  )
  const asked = texts.at(-1) ?? ''
  const full = `This is the local provider, which calls no model. It was asked:\n${asked}`
  const words = full.match(WORD) ?? []
  const cut = maxOutputTokens !== undefined && words.length > maxOutputTokens
  const text = cut ? words.slice(0, maxOutputTokens).join(' ') : full
  const input = texts.reduce((sum, each) => sum + countWords(each), 0)
  const output = countWords(text)
  return {
    content: [{ type: 'text', text }],
    finishReason: { unified: cut ? 'length' : 'stop', raw: undefined },
    usage: {
      inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: output, text: output, reasoning: 0 },
    },
    warnings: [],
  }
}

function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0
}
