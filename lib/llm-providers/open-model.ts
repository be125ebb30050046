import type { LanguageModelV3 } from '@ai-sdk/provider'
import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import { LOCAL_PROVIDER, localModel } from '@/lib/llm-providers/local-model'

/** Where the way to a model comes from. `LOCAL` is no model at all: it is for trying out. */
export type ModelOrigin = 'ORGANIZATION' | 'ENVIRONMENT' | 'LOCAL'

export interface OpenedModel {
  provider: string
  model: string
  origin: ModelOrigin
  /** For the AI SDK's `generateText`. It holds the key: never log or serialise it. */
  languageModel: LanguageModelV3
}

/**
 * The model that a definition names, ready to be called; callers have authorized before. The local provider needs no
 * settings.
 * @throws DomainError unavailable `provider_not_configured` where nobody has set the provider up
 */
export async function openLanguageModel(
  _ctx: Pick<Context, 'organization' | 'db' | 'crypto'>,
  { provider, model }: { provider: string; model: string },
): Promise<OpenedModel> {
  if (provider === LOCAL_PROVIDER) {
    return { provider, model, origin: 'LOCAL', languageModel: localModel(model) }
  }
  throw new DomainError(
    'unavailable',
    'provider_not_configured',
    `The provider ${provider} is not set up in this organization.`,
  )
}
