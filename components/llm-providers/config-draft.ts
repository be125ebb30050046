import { knownProvider, type LlmConfig } from '@/lib/llm-providers/model'

/** What the sheet holds while somebody types. */
export interface ConfigDraft {
  provider: string
  displayName: string
  /** Empty: as it is known of the provider. */
  baseUrl: string
  /** Empty: none, or the stored one stays. It is never filled in for anybody. */
  apiKey: string
  testModel: string
  enabled: boolean
}

export function newDraft(provider = 'openai'): ConfigDraft {
  return { provider, displayName: '', baseUrl: '', apiKey: '', testModel: '', enabled: true }
}

export function draftOf(config: LlmConfig): ConfigDraft {
  const { provider, displayName, baseUrl, testModel, enabled } = config
  return { provider, displayName, baseUrl, testModel, enabled, apiKey: '' }
}

/** What of a draft is about the way to the provider; what is empty is left to what is known. */
export function connectionOf({ baseUrl, apiKey, testModel }: ConfigDraft) {
  return {
    ...(baseUrl.trim() && { baseUrl }),
    ...(apiKey.trim() && { apiKey }),
    ...(testModel.trim() && { testModel }),
  }
}

/** False where a test must go by what is stored: its key is not here. */
export function reachesDifferently(draft: ConfigDraft, config: LlmConfig): boolean {
  const connection = connectionOf(draft)
  return (
    connection.apiKey !== undefined ||
    (connection.baseUrl ?? config.baseUrl) !== config.baseUrl ||
    (connection.testModel ?? config.testModel) !== config.testModel
  )
}

/** What stands in a field that may stay empty. */
export function placeholders(provider: string) {
  const known = knownProvider(provider)
  return {
    baseUrl: known?.baseUrl ?? 'https://gateway.example.com/v1',
    testModel: known?.testModel ?? 'a-small-model',
  }
}
