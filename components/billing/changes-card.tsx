import { SectionCard } from '@/components/settings/section-card'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { PLANS } from '@/lib/plans/plan'
import type { SubscriptionChangeRow } from '@/lib/subscriptions/queries'

/** What became of the subscription, newest first. Periods that merely follow each other are left out. */
export function ChangesCard({ changes }: { changes: readonly SubscriptionChangeRow[] }) {
  const told = changes.filter(
    ({ kind, fromPlan, toPlan }) => kind !== 'PERIOD_BEGUN' || fromPlan !== toPlan,
  )
  if (told.length === 0) return null
  return (
    <SectionCard title="History" description="What was asked for, and what time did by itself.">
      <ol className="flex flex-col divide-y divide-subtle text-sm">
        {told.map((change) => (
          <li
            key={change.revision}
            className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 py-2"
          >
            <span className="text-ink">{changeWords(change)}</span>
            <span className="text-muted text-xs">
              {change.changedBy} · <AbsoluteTime at={change.at} />
            </span>
          </li>
        ))}
      </ol>
    </SectionCard>
  )
}

function changeWords({ kind, toPlan }: SubscriptionChangeRow): string {
  const { name } = PLANS[toPlan]
  switch (kind) {
    case 'BEGUN':
      return `Began with the ${name} plan`
    case 'TRIAL_STARTED':
      return `Trial of the ${name} plan begun`
    case 'TRIAL_ENDED':
      return `Trial of the ${name} plan over`
    case 'PLAN_CHANGED':
    case 'PERIOD_BEGUN':
      return `Changed to the ${name} plan`
    case 'CHANGE_SCHEDULED':
      return `Change to a smaller plan scheduled; ${name} until then`
    case 'CHANGE_WITHDRAWN':
      return `Scheduled change withdrawn; ${name} stays`
    case 'CANCELLATION_ASKED':
      return `${name} plan cancelled to the end of its time`
    case 'RESUMED':
      return `${name} plan resumed`
    case 'ENDED':
      return `Subscription ended; ${name} plan from then on`
    case 'FELL_DUE':
      return 'An invoice was overdue, or its card declined'
    case 'PAID':
      return 'Everything was paid again'
  }
}
