'use client'

import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState, useTransition } from 'react'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { CopyButton } from '@/components/ui/copy-button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ChainReport } from './chain-report'

export type ChainBadgeProps = {
  initial: ChainReport
  now: number
  verify: () => Promise<Outcome<ChainReport>>
}

/** Whether every event still hashes to what was written, and the way to check again. */
export function ChainBadge({ initial, now, verify }: ChainBadgeProps) {
  const [report, setReport] = useState(initial)
  const [failure, setFailure] = useState<string | null>(null)
  const [verifying, startTransition] = useTransition()
  function verifyNow() {
    startTransition(async () => {
      const answer = await attempt(verify)
      setFailure(answer.ok ? null : answer.problem.message)
      if (answer.ok) setReport(answer.data)
    })
  }
  const Icon = report.ok ? ShieldCheck : ShieldAlert
  return (
    <section
      aria-label="Chain of the audit log"
      className={cn(
        'flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-lg border px-3 py-2 text-sm',
        report.ok ? 'border-success-line bg-success-soft' : 'border-danger-line bg-danger-soft',
      )}
    >
      <div role="status" className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
        <Icon
          aria-hidden
          className={cn('size-4', report.ok ? 'text-success-text' : 'text-danger-text')}
        />
        <span className="font-medium text-ink">
          {report.ok ? 'Chain verified' : `Chain broken at event #${report.firstBrokenSeq}`}{' '}
          <RelativeTime key={report.checkedAt} at={report.checkedAt} now={now} />
        </span>
        <span className="text-muted tabular-nums">· {eventsChecked(report)}</span>
        <HeadHash hash={report.headHash} />
        {report.problem ? <p className="w-full text-danger-text">{report.problem}</p> : null}
        {failure ? <p className="w-full text-danger-text">Not checked: {failure}</p> : null}
      </div>
      <Button size="sm" onClick={verifyNow} loading={verifying}>
        Verify now
      </Button>
    </section>
  )
}

/** Noted elsewhere, the head proves later that nothing before it was rewritten. */
function HeadHash({ hash }: { hash: string | null }) {
  if (hash === null) return null
  return (
    <span className="inline-flex items-center gap-1 text-muted max-sm:hidden">
      · head <code className="text-xs">{hash.slice(0, 12)}</code>
      <CopyButton value={hash} label="Copy head hash" className="-my-1" />
    </span>
  )
}

function eventsChecked({ ok, events }: ChainReport): string {
  const count = `${events.toLocaleString('en-US')} ${events === 1 ? 'event' : 'events'}`
  return ok ? count : `${count} before it are whole`
}
