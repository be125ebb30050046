import { dashboardContext } from '@/app/_session/dashboard-context'
import { LeaksPanel } from '@/app/[tenant]/settings/api-access/_tab-code'
import { LeaksWithheld } from '@/components/leaks/leaks-withheld'
import { seesOrganizationInventory } from '@/lib/access/principal'
import { ROLE_FACTS } from '@/lib/access/roles'
import { getLeakPolicy } from '@/lib/leaks/policy'
import { listLeakReports } from '@/lib/leaks/queries'

export type LeaksTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

const FIRST_PAGE = 20

/** Tokens that were found where they do not belong, and whose a found one is; for others than admins, why not. */
export async function LeaksTab({ tenant }: LeaksTabProps) {
  const ctx = await dashboardContext(tenant)
  if (!seesOrganizationInventory(ctx.principal)) {
    const roleLabel = ROLE_FACTS[ctx.principal.role].label
    return <LeaksWithheld roleLabel={roleLabel} ownTokensHref={`/${tenant}/settings/api-access`} />
  }
  const [policy, reports] = await Promise.all([
    getLeakPolicy(ctx),
    listLeakReports(ctx, { pageSize: FIRST_PAGE }),
  ])
  return <LeaksPanel tenant={tenant} now={ctx.now} policy={policy} reports={reports} />
}
