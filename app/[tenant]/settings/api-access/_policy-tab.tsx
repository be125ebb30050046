import { dashboardContext } from '@/app/_session/dashboard-context'
import { PolicyForm } from '@/app/[tenant]/settings/api-access/_tab-code'
import { PolicyFacts } from '@/components/policy/policy-facts'
import { seesOrganizationInventory } from '@/lib/access/principal'
import { ROLE_FACTS } from '@/lib/access/roles'
import { getTokenPolicy } from '@/lib/organization/policy'

export type PolicyTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** The organization's token policy: a form for admins, the same values to read for everyone else. */
export async function PolicyTab({ tenant }: PolicyTabProps) {
  const ctx = await dashboardContext(tenant)
  const policy = await getTokenPolicy(ctx)
  if (!seesOrganizationInventory(ctx.principal)) {
    return <PolicyFacts policy={policy} roleLabel={ROLE_FACTS[ctx.principal.role].label} />
  }
  return <PolicyForm tenant={tenant} now={ctx.now} initial={policy} />
}
