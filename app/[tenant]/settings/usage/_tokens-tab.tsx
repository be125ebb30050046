import { usageReading } from '@/app/[tenant]/settings/usage/_usage-reading'
import { LiveRefresh } from '@/components/usage/live-refresh'
import { TokenUsageTable } from '@/components/usage/token-usage-table'
import { UsageToolbar } from '@/components/usage/usage-toolbar'
import { seesOrganizationInventory } from '@/lib/access/principal'
import { readTokenUsage } from '@/lib/usage/token-usage'

export type TokensTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** Which token and which service account reported what. */
export async function TokensTab({ tenant, searchParams }: TokensTabProps) {
  const { ctx, view, range } = await usageReading(tenant, searchParams)
  const usage = await readTokenUsage(ctx, { ...range, origin: view.origin })
  return (
    <>
      <UsageToolbar
        view={view}
        range={range}
        names={{}}
        live={<LiveRefresh url={`/${tenant}/settings/usage/stream`} since={ctx.now} />}
      />
      <TokenUsageTable
        tenant={tenant}
        usage={usage}
        seesAll={seesOrganizationInventory(ctx.principal)}
        userId={ctx.principal.userId}
      />
    </>
  )
}
