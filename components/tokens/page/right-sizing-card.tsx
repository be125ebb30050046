'use client'

import type { ReactNode } from 'react'
import { replaceSearchParams } from '@/components/settings/search-params'
import { SectionCard, SectionFooter } from '@/components/settings/section-card'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { DAY_MS } from '@/lib/tokens/model'
import type { TokenDetail } from '@/lib/tokens/queries'
import type { ScopeUsage } from '@/lib/tokens/scope-usage'

export type RightSizingCardProps = { token: TokenDetail; usage: ScopeUsage; now: number }

/** Scopes that no call needed, and one click to a token without them. */
export function RightSizingCard({ token, usage, now }: RightSizingCardProps) {
  const keep = usage.used.filter((entry) => token.scopes.includes(entry.scope))
  const offer = keep.length > 0 && usage.unused.length > 0 && token.mayPatch
  return (
    <SectionCard
      title="Right-sizing"
      description={verdict(token, usage, keep.length, now)}
      footer={
        offer ? (
          <SectionFooter
            hint="Rotate if the secret may have been seen; otherwise narrowing is enough."
            actions={
              <>
                <Button onClick={() => replaceSearchParams({ edit: 'used' })}>Narrow scopes</Button>
                <Button onClick={() => replaceSearchParams({ rotate: 'used' })}>
                  Rotate and narrow
                </Button>
              </>
            }
          />
        ) : undefined
      }
    >
      {usage.calls === 0 ? null : (
        <div className="flex flex-col gap-4 text-sm">
          {keep.length > 0 ? (
            <ul className="divide-y divide-subtle">
              {keep.map((entry) => (
                <li
                  key={entry.scope}
                  className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5"
                >
                  <code className="min-w-40 text-xs">{entry.scope}</code>
                  <span className="text-muted tabular-nums">
                    {entry.calls.toLocaleString('en-US')} {entry.calls === 1 ? 'call' : 'calls'}
                  </span>
                  <span className="ml-auto text-muted text-xs">
                    last <RelativeTime at={entry.lastUsedAt} now={now} />
                  </span>
                </li>
              ))}
            </ul>
          ) : null}
          {usage.unused.length > 0 ? (
            <div className="flex flex-col gap-1.5">
              <p className="font-medium text-muted text-xs">
                Not used in {usage.windowDays} days ({usage.unused.length})
              </p>
              <ul className="flex flex-wrap gap-1.5">
                {usage.unused.map((scope) => (
                  <li key={scope}>
                    <Badge mono outline>
                      {scope}
                    </Badge>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          <p className="text-faint text-xs">
            Counted from calls of this API and those that the agent runtime reports. A scope used
            less often than every {usage.windowDays} days looks unused.
          </p>
        </div>
      )}
    </SectionCard>
  )
}

function verdict(token: TokenDetail, usage: ScopeUsage, kept: number, now: number): ReactNode {
  const days = usage.windowDays
  const createdAt = Math.min(...token.family.map((member) => member.createdAt))
  const age = Math.floor((now - createdAt) / DAY_MS)
  if (usage.calls === 0 && age < days) {
    return (
      <>
        Created <RelativeTime at={createdAt} now={now} /> and not used yet. Its calls will show
        which scopes it needs.
      </>
    )
  }
  if (usage.calls === 0) {
    return `No call in the last ${days} days, so nothing tells which scopes it needs. If nobody misses it, revoke it.`
  }
  const calls = usage.calls === 1 ? '1 call' : `${usage.calls.toLocaleString('en-US')} calls`
  if (usage.unused.length === 0) return `${calls} in ${days} days used every scope it holds.`
  if (kept === 0) return `${calls} in ${days} days, and none needed a scope.`
  const young =
    age < days
      ? ` It is only ${age <= 1 ? 'a day' : `${age} days`} old: wait for a full cycle of its work.`
      : ''
  return `${calls} in ${days} days used ${kept} of ${token.scopes.length} scopes.${young}`
}
