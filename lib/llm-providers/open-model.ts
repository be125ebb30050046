import type { LanguageModelV3 } from '@ai-sdk/provider'
import type { Context, InstallationKeys, OrganizationContext } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import { localModel } from '@/lib/llm-providers/local-model'
import { LOCAL_PROVIDER, type ModelOrigin } from '@/lib/llm-providers/model'
import { openAiCompatibleModel } from '@/lib/llm-providers/openai-compatible'

export type { ModelOrigin } from '@/lib/llm-providers/model'

export interface OpenedModel {
  provider: string
  model: string
  origin: ModelOrigin
  /** For the AI SDK's `generateText`. It holds the key: never log or serialise it. */
  languageModel: LanguageModelV3
}

type OpeningContext = Pick<Context, 'db'> & {
  organization: Pick<OrganizationContext, 'id'>
  crypto: Pick<InstallationKeys, 'modelAccess'>
}

/**
 * The model that a definition names, ready to be called; callers have authorized before. The organization's own
 * default of the provider goes before what the operator has set up. The local provider needs no settings. One look-up
 * by an index, and no call to the provider.
 * @throws DomainError unavailable `provider_not_configured` where nobody has set the provider up |
 *   `provider_key_unreadable` where its key was sealed by another installation
 */
export async function openLanguageModel(
  ctx: OpeningContext,
  { provider, model }: { provider: string; model: string },
): Promise<OpenedModel> {
  if (provider === LOCAL_PROVIDER) {
    return { provider, model, origin: 'LOCAL', languageModel: localModel(model) }
  }
  const own = await selectDefault(ctx, provider)
  if (own) {
    const allowedOrigins = ctx.crypto.modelAccess.privateOrigins
    const connection = { provider, baseUrl: own.baseUrl, apiKey: keyOf(ctx, own), allowedOrigins }
    const languageModel = openAiCompatibleModel(connection, model)
    return { provider, model, origin: 'ORGANIZATION', languageModel }
  }
  const operator = ctx.crypto.modelAccess.operatorProvider(provider)
  if (operator) {
    // The operator's own choice of an address: it may be anywhere.
    const allowedOrigins = [new URL(operator.baseUrl).origin]
    const languageModel = openAiCompatibleModel({ ...operator, allowedOrigins }, model)
    return { provider, model, origin: 'ENVIRONMENT', languageModel }
  }
  throw new DomainError(
    'unavailable',
    'provider_not_configured',
    `The provider ${provider} is not set up in this organization.`,
  )
}

interface StoredKey {
  id: string
  baseUrl: string
  sealedKey: Buffer | null
}

async function selectDefault(
  { db, organization }: OpeningContext,
  provider: string,
): Promise<StoredKey | undefined> {
  const { rows } = await db.pool.query<StoredKey>({
    name: 'llm-default-config',
    text: `SELECT id, base_url AS "baseUrl", sealed_key AS "sealedKey" FROM llm.provider_config
           WHERE organization_id = $1 AND provider = $2 AND is_default`,
    values: [organization.id, provider],
  })
  return rows[0]
}

/** The key in the clear; null where none is set. @throws DomainError unavailable `provider_key_unreadable` */
export function keyOf(
  { crypto, organization }: Pick<OpeningContext, 'organization' | 'crypto'>,
  { id, baseUrl, sealedKey }: StoredKey,
): string | null {
  if (sealedKey === null) return null
  try {
    const place = { organizationId: organization.id, configId: id, baseUrl }
    return crypto.modelAccess.keys.openKey(place, sealedKey)
  } catch (cause) {
    throw new DomainError(
      'unavailable',
      'provider_key_unreadable',
      'The stored key cannot be read any more. Enter it again.',
      { cause },
    )
  }
}
