'use client'

import { CircleDashed, ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState, useTransition } from 'react'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { VerifiedUsage } from '@/lib/usage/verification'

export type VerifiedBadgeProps = {
  verified: VerifiedUsage | null
  now: number
  verify: () => Promise<Outcome<VerifiedUsage>>
}

/** Whether the sums on this page are those of the events, counted one by one; and the way to count again. */
export function VerifiedBadge({ verified, now, verify }: VerifiedBadgeProps) {
  const [later, setLater] = useState<VerifiedUsage | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [counting, startTransition] = useTransition()
  const last = newest(verified, later)
  function countNow() {
    startTransition(async () => {
      const answer = await attempt(verify)
      setFailure(answer.ok ? null : answer.problem.message)
      if (answer.ok) setLater(answer.data)
    })
  }
  return (
    <section
      aria-label="Verification"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-lg border border-subtle bg-surface px-4 py-2.5 text-sm shadow-card"
    >
      <div role="status" className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
        <Icon last={last} />
        {last === null ? (
          <span className="text-muted">
            Not counted again yet. Each night the sums are compared with the events.
          </span>
        ) : (
          <>
            <span className="font-medium text-ink">
              {last.differences === 0 ? 'Verified' : `${last.differences} sums differ`}{' '}
              <RelativeTime key={last.countedAt} at={last.countedAt} now={now} />
            </span>
            <span className="text-muted tabular-nums">
              · {last.events.toLocaleString('en-US')} events of the last 35 days, counted one by one
            </span>
          </>
        )}
        {failure ? <p className="w-full text-danger-text">Not counted: {failure}</p> : null}
      </div>
      <Button size="sm" onClick={countNow} loading={counting}>
        Count again
      </Button>
    </section>
  )
}

function Icon({ last }: { last: VerifiedUsage | null }) {
  if (last === null) return <CircleDashed aria-hidden className="size-4 text-muted" />
  return last.differences === 0 ? (
    <ShieldCheck aria-hidden className="size-4 text-success-text" />
  ) : (
    <ShieldAlert aria-hidden className="size-4 text-danger-text" />
  )
}

function newest(one: VerifiedUsage | null, other: VerifiedUsage | null): VerifiedUsage | null {
  if (one === null || other === null) return one ?? other
  return one.countedAt > other.countedAt ? one : other
}
