import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import type { JudgeChoice } from '@/lib/evaluation-metrics/model'
import { knownProvider } from '@/lib/llm-providers/model'
import { listLlmProviders } from '@/lib/llm-providers/queries'

/**
 * Providers whose models can judge here, each with a model to begin with. For who may pay for one.
 * @throws DomainError forbidden without agents:test or llm_providers:read
 */
export async function listJudgeChoices(ctx: Context): Promise<JudgeChoice[]> {
  authorize(ctx.principal, 'agents:test')
  const providers = await listLlmProviders(ctx)
  return providers.flatMap(({ provider, label, origin, configs }) =>
    origin === 'ORGANIZATION' || origin === 'ENVIRONMENT'
      ? [
          {
            provider,
            label,
            model:
              configs.find(({ isDefault }) => isDefault)?.testModel ??
              knownProvider(provider)?.testModel ??
              '',
          },
        ]
      : [],
  )
}
