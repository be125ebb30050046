import { authorize, authorizeOnItem } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { selectConfig, selectConfigs } from '@/lib/llm-providers/config-rows'
import {
  KNOWN_PROVIDERS,
  type LlmConfig,
  type LlmProvider,
  LOCAL_PROVIDER,
  providerLabel,
} from '@/lib/llm-providers/model'

/** One config of a provider. */
export interface OneConfig {
  provider: string
  configId: string
}

/**
 * Every provider that can be named: those that are known, those of the operator, those that the organization has set
 * up, and last the local one. No key is in it.
 * @throws DomainError forbidden
 */
export async function listLlmProviders(ctx: Context): Promise<LlmProvider[]> {
  authorize(ctx.principal, 'llm_providers:read')
  const configs = await selectConfigs(ctx.db.pool, ctx.organization.id)
  const byOperator = ctx.crypto.modelAccess.operatorProviders
  const own = [...byOperator, ...configs.map(({ provider }) => provider)]
  const known = Object.keys(KNOWN_PROVIDERS)
  const others = [...new Set(own)].filter((name) => !known.includes(name)).sort()
  const reachable = [...known, ...others].map((provider): LlmProvider => {
    const ofProvider = configs.filter((config) => config.provider === provider)
    const fromOperator = byOperator.includes(provider)
    const hasDefault = ofProvider.some(({ isDefault }) => isDefault)
    return {
      provider,
      label: providerLabel(provider),
      origin: hasDefault ? 'ORGANIZATION' : fromOperator ? 'ENVIRONMENT' : null,
      fromOperator,
      configs: ofProvider,
    }
  })
  return [...reachable, LOCAL]
}

const LOCAL: LlmProvider = {
  provider: LOCAL_PROVIDER,
  label: providerLabel(LOCAL_PROVIDER),
  origin: 'LOCAL',
  fromOperator: false,
  configs: [],
}

/** Without its key. @throws DomainError forbidden | not-found, also for a config of another provider */
export async function getLlmConfig(ctx: Context, input: OneConfig): Promise<LlmConfig> {
  authorizeOnItem(ctx.principal, 'llm_providers:read', 'llm_providers:read')
  const config = await selectConfig(ctx.db.pool, ctx.organization.id, input)
  if (!config) throw notFound()
  return config
}

/** The configs of one provider, the default first; empty where there are none. @throws DomainError forbidden */
export async function listLlmConfigs(
  ctx: Context,
  { provider }: { provider: string },
): Promise<LlmConfig[]> {
  authorize(ctx.principal, 'llm_providers:read')
  const configs = await selectConfigs(ctx.db.pool, ctx.organization.id)
  return configs.filter((config) => config.provider === provider)
}
