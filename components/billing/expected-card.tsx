import { SectionCard } from '@/components/settings/section-card'
import { DescriptionList } from '@/components/ui/description-list'
import { centsOfNano } from '@/lib/billing/money'
import { dollars } from '@/lib/invoices/wording'
import type { ProjectionMethod } from '@/lib/projection/projection'
import type { NextInvoice } from '@/lib/subscriptions/next-invoice'

const METHODS: Record<ProjectionMethod, string> = {
  RECENT_WEEKS:
    'Level, weekdays and trend of the last five weeks go on until the period ends. What was spent counts as it is.',
  RUN_RATE:
    'Every day to come costs as much as the mean of the days so far. With a week of usage a better method takes over.',
}

/** How the expected total comes about, and how far off it may be. */
export function ExpectedCard({ next }: { next: NextInvoice }) {
  const { expected } = next
  return (
    <SectionCard
      title="How the end of the period is expected"
      description="An estimate. It is worked out anew from every day that is counted."
    >
      {expected ? (
        <DescriptionList items={factsOf(next, expected)} />
      ) : (
        <p className="text-muted text-sm">
          There is an estimate once three whole days of usage are known.
        </p>
      )}
    </SectionCard>
  )
}

function factsOf({ totals }: NextInvoice, expected: NonNullable<NextInvoice['expected']>) {
  const { spent, amount, method, dayOfPeriod, errorPercent } = expected.projection
  return [
    {
      term: 'Models',
      detail: `${dollars(centsOfNano(amount))} at the end, of which ${dollars(centsOfNano(spent))} are spent, before lines are rounded.`,
    },
    { term: 'Method', detail: METHODS[method] },
    {
      term: 'Fees and overage',
      detail: `The lines above, ${dollars(totals.totalCents)} so far, and what models are still expected to cost. Overage is taken as it is now.`,
    },
    {
      term: 'Range',
      detail: `${dollars(expected.lowCents)} to ${dollars(expected.highCents)}: the end lies within it four times out of five.`,
    },
    {
      term: 'Measured error',
      detail: `On day ${dayOfPeriod} of a period the method was off by ${errorPercent}% on average, where the end was known.`,
    },
  ]
}
