import { dashboardContext } from '@/app/_session/dashboard-context'
import { InvoicesPanel } from '@/app/[tenant]/settings/billing/_billing-code'
import { cardCollection } from '@/app/[tenant]/settings/billing/_card-collection'
import type { BillingTabProps } from '@/app/[tenant]/settings/billing/_overview-tab'
import { listInvoiceSummaries } from '@/lib/invoices/invoice-summaries'
import { readSubscription } from '@/lib/subscriptions/queries'

/** What was billed. */
export async function InvoicesTab({ tenant }: BillingTabProps) {
  const ctx = await dashboardContext(tenant)
  const [firstPage, { period }, collection] = await Promise.all([
    listInvoiceSummaries(ctx),
    readSubscription(ctx),
    cardCollection(tenant),
  ])
  return (
    <InvoicesPanel
      // A newer invoice makes another list, and so does one that was paid.
      key={firstPage.items.map(({ id, state }) => `${id} ${state}`).join()}
      tenant={tenant}
      firstPage={firstPage}
      nextAt={period.to}
      mayPay={collection?.mayPay ?? false}
    />
  )
}
