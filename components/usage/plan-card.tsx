import Link from 'next/link'
import { exactAmount, shortAmount, type Unit } from '@/components/charts/amount'
import { ProgressBar } from '@/components/ui/progress-bar'
import { dayRange } from '@/lib/local-date'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import type { AllowanceUse } from '@/lib/usage/allowance'
import { spanTitle } from './usage-words'

/** Beyond so many percent it is time to look. */
const WARN_PERCENT = 80

export interface PlanUse {
  label: string
  unit: Unit
  use: AllowanceUse
  /** Leads to what is behind the figure, in this billing period. */
  href: string
  /** What is to be expected, where no pace tells it. */
  outlook?: string | undefined
}

export type PlanCardProps = {
  uses: readonly PlanUse[]
  period: BillingPeriod
}

/** How far each allowance of the plan is used up, and the day on which it will be. */
export function PlanCard({ uses, period }: PlanCardProps) {
  return (
    <div className="flex flex-col gap-4">
      {uses.map(({ label, unit, use, href, outlook = outlookOf(use) }) => (
        <div key={label} className="flex flex-col gap-1.5">
          <div className="flex flex-wrap justify-between gap-x-4 text-sm">
            <Link
              href={href}
              prefetch={false}
              className="rounded-sm text-ink underline-offset-4 hover:underline"
            >
              {label}
            </Link>
            <span className="text-muted tabular-nums" title={exactAmount(unit, use.used)}>
              {shortAmount(unit, use.used)}
              {use.allowance === null ? '' : ` of ${shortAmount(unit, use.allowance)}`}
              {use.percent === null ? '' : ` · ${percentText(use)}`}
            </span>
          </div>
          {use.allowance === null ? null : (
            <ProgressBar
              label={label}
              value={use.used}
              max={use.allowance}
              valueText={`${percentText(use)} of the plan's ${label.toLowerCase()}`}
              tone={toneOf(use)}
            />
          )}
          <p className="text-muted text-sm">{outlook}</p>
        </div>
      ))}
      <p className="text-muted text-xs">
        The billing period is {dayRange(period)}, UTC. The outlook goes on at the pace of the last
        seven whole days.
      </p>
    </div>
  )
}

/** Whole percent; what little is used is not nothing. */
function percentText({ used, percent }: AllowanceUse): string {
  return percent === 0 && used > 0 ? '<1%' : `${percent}%`
}

function toneOf({ percent }: AllowanceUse) {
  if ((percent ?? 0) >= 100) return 'danger'
  return (percent ?? 0) >= WARN_PERCENT ? 'warning' : 'accent'
}

function outlookOf({ allowance, percent, runsOutAt }: AllowanceUse): string {
  if (allowance === null) return 'Without limit.'
  if ((percent ?? 0) >= 100) return 'Used up.'
  if (runsOutAt === null) return 'Lasts to the end of the period.'
  return `At this pace used up on ${spanTitle(runsOutAt, 'DAY')}.`
}
