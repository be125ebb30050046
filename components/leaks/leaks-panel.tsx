'use client'

import { useRevocation } from '@/components/tokens/use-revocation'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { LeakPolicy, LeakReport } from '@/lib/leaks/model'
import type { Page } from '@/lib/paging'
import { ReportList } from './report-list'
import { ResponseCard } from './response-card'
import { TokenFinder } from './token-finder'

const RevokeDialog = lazyOverlay(
  () => import('@/components/tokens/revoke-dialog').then((module) => module.RevokeDialog),
  { opens: ({ token }) => token !== null, close: ({ onClose }) => onClose() },
)

export type LeaksPanelProps = {
  tenant: string
  now: number
  policy: LeakPolicy
  reports: Page<LeakReport>
}

/** Everything about tokens in the wrong place: whose is it, what was reported, and what happens then. */
export function LeaksPanel({ tenant, now, policy, reports }: LeaksPanelProps) {
  const revocation = useRevocation(tenant)
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <TokenFinder tenant={tenant} now={now} revocation={revocation} />
      <ReportList
        // What a revocation changes comes with a new first page.
        key={revocation.ended.size}
        tenant={tenant}
        now={now}
        firstPage={reports}
        revocation={revocation}
      />
      <ResponseCard tenant={tenant} initial={policy} />
      <RevokeDialog
        token={revocation.asked}
        usage={revocation.usage}
        now={now}
        onClose={revocation.close}
        onConfirm={revocation.confirm}
      />
    </div>
  )
}
