import { dashboardContext } from '@/app/_session/dashboard-context'
import { PersonalTokens } from '@/app/[tenant]/settings/api-access/_tab-code'
import { readTokenFilters } from '@/components/tokens/list/token-filters'
import { encodeTokenRows } from '@/components/tokens/list/token-rows'
import { can, ceiling, seesOrganizationInventory } from '@/lib/access/principal'
import { runtime } from '@/lib/runtime'
import { listTokens } from '@/lib/tokens/queries'

export type PersonalTokensTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** Tokens of people: one's own, and for admins everyone's. Service accounts have a tab of their own. */
export async function PersonalTokensTab({ tenant, searchParams }: PersonalTokensTabProps) {
  const ctx = await dashboardContext(tenant)
  const tokens = await listTokens(ctx)
  const seesEveryone = seesOrganizationInventory(ctx.principal)
  const filters = readTokenFilters(searchParams)
  return (
    <PersonalTokens
      tenant={tenant}
      publicUrl={runtime().environment.PUBLIC_URL}
      now={ctx.now}
      viewer={{
        id: ctx.principal.userId,
        seesEveryone,
        mayWrite: can(ctx.principal, 'keys:write'),
        ceiling: ceiling(ctx.principal),
      }}
      policy={ctx.organization.policy}
      payload={encodeTokenRows(tokens.filter((token) => token.type === 'USER'))}
      initialFilters={seesEveryone ? filters : { ...filters, view: 'mine', owners: [] }}
    />
  )
}
