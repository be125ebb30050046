import { dashboardContext } from '@/app/_session/dashboard-context'
import { WhatIfForm } from '@/app/[tenant]/settings/model-pricing/_own-prices-code'
import { modelPath, readWhatIfChoice } from '@/components/model-pricing/what-if-address'
import { WhatIfResult } from '@/components/model-pricing/what-if-result'
import { EmptyState } from '@/components/ui/empty-state'
import { listModelNames } from '@/lib/model-pricing/model-names'
import { runtime } from '@/lib/runtime'
import { usedNames } from '@/lib/usage/used-names'
import { whatIf } from '@/lib/usage/what-if'

const DAY_MS = 86_400_000

export type WhatIfTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** What the organization's own usage would cost on another model. */
export async function WhatIfTab({ tenant, searchParams }: WhatIfTabProps) {
  const ctx = await dashboardContext(tenant)
  const choice = readWhatIfChoice(searchParams)
  const to = (Math.floor(ctx.now / DAY_MS) + 1) * DAY_MS
  const range = { from: to - choice.days * DAY_MS, to }
  const [names, models] = await Promise.all([usedNames(ctx, range), listModelNames(ctx)])
  const used = names.models.find((one) => modelPath(one) === choice.of) ?? null
  const target =
    models.find(({ provider, model }) => provider === choice.provider && model === choice.model) ??
    null
  const agent = choice.agent !== null && names.agents.includes(choice.agent) ? choice.agent : null
  const result = target && (await whatIf(ctx, runtime().meter, { ...range, used, agent, target }))
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <WhatIfForm
        tenant={tenant}
        choice={{ ...choice, of: used && modelPath(used), agent }}
        names={names}
        providers={[...new Set(models.map(({ provider }) => provider))]}
        models={models.filter(({ provider }) => provider === choice.provider)}
      />
      {target && result ? (
        <WhatIfResult result={result} target={target} />
      ) : (
        <EmptyState
          title="Choose a model to compare with"
          description="The estimate takes the tokens that your calls used, and prices them by the other model’s price of today."
        />
      )}
    </div>
  )
}
