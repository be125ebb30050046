'use client'

import { Callout } from '@/components/ui/callout'
import { dollars } from '@/lib/invoices/wording'
import { dayRange } from '@/lib/local-date'
import type { ExceededLimit } from '@/lib/subscriptions/exceeded-limits'
import type { PlanChangePreview } from '@/lib/subscriptions/plan-change'
import { amountWords, LIMIT_WORDS, midnightWords, overageWords } from './billing-words'
import { cardWords } from './card-words'
import { TotalsList } from './totals-list'
import type { PricedPreview } from './use-plan-preview'

/** What the change costs, when it counts, and what it would break. */
export function PlanPreviewPanel({ preview }: { preview: PricedPreview }) {
  const { change, totals, tax, card } = preview
  return (
    <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      <div className="flex flex-col gap-3">
        <p className="text-ink">{effectWords(change)}</p>
        <p className="text-muted">{nextFeeWords(change)}</p>
        <Exceeded change={change} />
      </div>
      <div className="flex flex-col gap-2">
        {change.lines.length > 0 ? <Lines lines={change.lines} /> : null}
        <TotalsList totals={totals} taxName={tax?.name ?? null} dueLabel="Due now" />
        {totals.dueCents > 0n ? (
          <>
            <p className="text-ink">
              {card ? `Charged to ${cardWords(card)}.` : 'By invoice, due within 14 days.'}
            </p>
            <p className="text-muted text-xs">
              Invoiced at once, by the exact time that is left of the period. The amount holds for
              15 minutes.
            </p>
          </>
        ) : null}
      </div>
    </div>
  )
}

function effectWords({ from, to, takesEffect, takesEffectAt }: PlanChangePreview): string {
  return takesEffect === 'NOW'
    ? `The ${to.name} plan counts at once.`
    : `The ${to.name} plan counts from ${midnightWords(takesEffectAt)} on. Until then you keep ${from.name}, and can take the change back.`
}

function nextFeeWords({ comingFee }: PlanChangePreview): string {
  if (!comingFee) return 'After that no fee is due.'
  return `The next fee is ${dollars(comingFee.cents)}, on ${midnightWords(comingFee.at)}.`
}

function Lines({ lines }: Pick<PlanChangePreview, 'lines'>) {
  return (
    <dl className="flex flex-col gap-1.5 border-subtle border-b pb-2 tabular-nums">
      {lines.map(({ kind, key, description, period, cents }) => (
        <div key={`${kind} ${key}`} className="flex items-start justify-between gap-6">
          <dt className="min-w-0 text-ink">
            {description}
            <span className="block text-muted text-xs">{dayRange(period)}</span>
          </dt>
          <dd className="text-ink">{dollars(cents)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Present use beyond the allowances of the plan: it is charged, and nothing is switched off. */
function Exceeded({ change }: { change: PlanChangePreview }) {
  const { exceeded, to } = change
  if (exceeded.length === 0) return null
  return (
    <Callout tone="warning" title={`What you use now goes beyond the ${to.name} plan`}>
      <ul className="flex list-disc flex-col gap-1 pl-4">
        {exceeded.map((one) => (
          <li key={one.limit}>{exceededWords(one, change)}</li>
        ))}
      </ul>
      <p className="mt-1">Nothing is switched off. What is beyond is charged at these prices.</p>
    </Callout>
  )
}

function exceededWords({ limit, used, allowance }: ExceededLimit, { to }: PlanChangePreview) {
  const beyond = `${LIMIT_WORDS[limit]}: ${amountWords(limit, used)} used, ${amountWords(limit, allowance)} included`
  return `${beyond}. Beyond it ${overageWords(limit, to)}.`
}
