import { dayText } from '@/components/usage/usage-view'
import type { InvoiceLine } from '@/lib/invoices/invoice-snapshot'

const DAY_MS = 86_400_000

/** Where what a line charges for is: the calls themselves where they are kept. Null for fees. */
export function lineHref(
  tenant: string,
  { kind, period, provider, model }: InvoiceLine,
): string | null {
  const days = { from: dayText(period.from), to: dayText(period.to - DAY_MS) }
  const usage = (query: Record<string, string>) =>
    `/${tenant}/settings/usage?${new URLSearchParams({ ...query, ...days })}`
  switch (kind) {
    case 'MODEL':
      return usage({ tab: 'events', provider: provider ?? '', model: model ?? '' })
    case 'TOKENS':
      return usage({ measure: 'tokens' })
    case 'REQUESTS':
    case 'STORAGE':
      return usage({ tab: 'requests' })
    case 'SEATS':
      return `/${tenant}/settings/team`
    case 'PLAN':
    case 'PLAN_CREDIT':
      return null
  }
}
