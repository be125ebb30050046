import { can } from '@/lib/access/principal'
import { listProviderUse } from '@/lib/agents/provider-use'
import type { Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { createLlmConfig, deleteLlmConfig, patchLlmConfig } from '@/lib/llm-providers/commands'
import { getLlmConfig, listLlmConfigs, listLlmProviders } from '@/lib/llm-providers/queries'
import { testLlmConfig, testLlmProvider } from '@/lib/llm-providers/test-provider'
import type { Operation } from '@/lib/testing/operation'

const provider = 'my-gateway'
const nobody = { provider, configId: newId() }
/** Refused by its form, after the caller was let in: no call goes out. */
const nowhere = { provider, baseUrl: 'https://127.0.0.1/v1', testModel: 'small' }
const wish = { provider: 'openai', displayName: 'Ours', apiKey: 'sk-of-a-test' }

/** Who may read is told that there is none, or that the input is wrong: refusals come before that. */
async function reached({ principal }: Context, work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    const mayRead = can(principal, 'llm_providers:read')
    if (mayRead && isDomainError(error) && ['not-found', 'invalid'].includes(error.kind)) {
      return undefined
    }
    throw error
  }
}

const on = (run: (ctx: Context) => Promise<unknown>): Operation => ({
  on: 'organization',
  run: (ctx) => reached(ctx, run(ctx)),
})

/** How an organization reaches models. */
export const LLM_PROVIDER_OPERATIONS: Record<string, Operation> = {
  listLlmProviders: { on: 'organization', isRead: true, run: (ctx) => listLlmProviders(ctx) },
  listLlmConfigs: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listLlmConfigs(ctx, { provider }),
  },
  listProviderUse: { on: 'organization', isRead: true, run: (ctx) => listProviderUse(ctx) },
  getLlmConfig: on((ctx) => getLlmConfig(ctx, nobody)),
  createLlmConfig: { on: 'organization', run: (ctx) => createLlmConfig(ctx, wish) },
  patchLlmConfig: on((ctx) => patchLlmConfig(ctx, { ...nobody, enabled: true })),
  deleteLlmConfig: on((ctx) => deleteLlmConfig(ctx, nobody)),
  testLlmProvider: on((ctx) => testLlmProvider(ctx, { config: nowhere })),
  testLlmConfig: on((ctx) => testLlmConfig(ctx, nobody)),
}
