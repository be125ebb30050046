import type { DashboardContext } from '@/app/_session/dashboard-context'
import { readActivityFilter } from '@/components/activity/activity-filter'
import { FamilyTimeline } from '@/components/tokens/page/family-timeline'
import { LeakCard } from '@/components/tokens/page/leak-card'
import { RightSizingCard } from '@/components/tokens/page/right-sizing-card'
import { TokenAccessCard } from '@/components/tokens/page/token-access-card'
import { TokenActivity } from '@/components/tokens/page/token-activity'
import { TokenFacts } from '@/components/tokens/page/token-facts'
import { TokenHistory } from '@/components/tokens/page/token-history'
import { isEnded } from '@/components/tokens/state-words'
import { listTokenActivity } from '@/lib/activity/queries'
import { isAuditEventType } from '@/lib/audit/queries'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import type { TokenDetail } from '@/lib/tokens/queries'
import type { ScopeUsage } from '@/lib/tokens/scope-usage'

export interface TokenTabProps {
  ctx: DashboardContext
  tenant: string
  token: TokenDetail
  usage: ScopeUsage
  query: Record<string, string | string[] | undefined>
}

export function OverviewTab({ ctx, tenant, token, usage }: TokenTabProps) {
  const now = ctx.now
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <TokenAccessCard token={token} />
        {isEnded(token.state) ? null : <RightSizingCard token={token} usage={usage} now={now} />}
        <LeakCard token={token} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <TokenFacts token={token} tenant={tenant} now={now} />
        <FamilyTimeline token={token} tenant={tenant} now={now} />
      </div>
    </div>
  )
}

export async function HistoryTab({ ctx, tenant, token, query }: TokenTabProps) {
  const types = typeof query.types === 'string' ? query.types.split(',') : []
  const eventTypes = types.filter(isAuditEventType)
  const firstPage = await listTokenAuditEvents(ctx, { tokenId: token.id, eventTypes })
  return (
    <TokenHistory
      key={eventTypes.join()}
      tenant={tenant}
      tokenId={token.id}
      name={token.name}
      now={ctx.now}
      firstPage={firstPage}
      initialTypes={eventTypes}
    />
  )
}

export async function ActivityTab({ ctx, tenant, token, query }: TokenTabProps) {
  const filter = readActivityFilter(query)
  const firstPage = await listTokenActivity(ctx, {
    tokenId: token.id,
    search: filter.search || undefined,
    statusClass: filter.statusClass ?? undefined,
    method: filter.method ?? undefined,
  })
  return (
    <TokenActivity
      key={JSON.stringify(filter)}
      tenant={tenant}
      tokenId={token.id}
      name={token.name}
      now={ctx.now}
      firstPage={firstPage}
      initialFilter={filter}
    />
  )
}
