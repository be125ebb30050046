import { type DashboardContext, dashboardContext } from '@/app/_session/dashboard-context'
import { AccountsPanel } from '@/app/[tenant]/settings/api-access/_tab-code'
import { ACCOUNT_FILTERS } from '@/components/service-accounts/account-words'
import { AccountsWithheld } from '@/components/service-accounts/accounts-withheld'
import { readListFilters } from '@/components/settings/list-filters'
import { ceiling, seesOrganizationInventory } from '@/lib/access/principal'
import { ROLE_FACTS } from '@/lib/access/roles'
import { PAGE_SIZE_MAX } from '@/lib/paging'
import { runtime } from '@/lib/runtime'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { listServiceAccounts } from '@/lib/service-accounts/queries'

type SearchParams = Record<string, string | string[] | undefined>

export type ServiceAccountsTabProps = { tenant: string; searchParams: SearchParams }

/** The organization's workload identities; for others than admins, why there is nothing to see. */
export async function ServiceAccountsTab({ tenant, searchParams }: ServiceAccountsTabProps) {
  const ctx = await dashboardContext(tenant)
  const apiAccess = `/${tenant}/settings/api-access`
  if (!seesOrganizationInventory(ctx.principal)) {
    const roleLabel = ROLE_FACTS[ctx.principal.role].label
    return <AccountsWithheld roleLabel={roleLabel} ownTokensHref={apiAccess} />
  }
  return (
    <AccountsPanel
      accounts={await allServiceAccounts(ctx)}
      setting={formFacts(ctx, tenant)}
      baseHref={`${apiAccess}/service-accounts`}
      initialFilters={readListFilters(searchParams, ACCOUNT_FILTERS)}
    />
  )
}

/** What the forms about service accounts must know. */
export function formFacts(ctx: DashboardContext, tenant: string) {
  return {
    tenant,
    publicUrl: runtime().environment.PUBLIC_URL,
    now: ctx.now,
    policy: ctx.organization.policy,
    ceiling: ceiling(ctx.principal),
  }
}

/** People make service accounts by hand: all of them fit into one table that filters at once. */
async function allServiceAccounts(ctx: DashboardContext): Promise<ServiceAccountSummary[]> {
  const accounts: ServiceAccountSummary[] = []
  let pageToken = ''
  do {
    const page = await listServiceAccounts(ctx, { pageSize: PAGE_SIZE_MAX, pageToken })
    accounts.push(...page.items)
    pageToken = page.nextPageToken
  } while (pageToken !== '')
  return accounts
}
