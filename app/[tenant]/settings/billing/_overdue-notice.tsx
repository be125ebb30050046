import { dashboardContext } from '@/app/_session/dashboard-context'
import { cardCollection } from '@/app/[tenant]/settings/billing/_card-collection'
import { OverdueBanner } from '@/components/billing/overdue-banner'
import { listOverdueInvoices } from '@/lib/invoices/invoice-summaries'
import { runtime } from '@/lib/runtime'

export type OverdueNoticeProps = {
  tenant: string
  /** Of the invoice that the page shows. */
  shownId?: string | undefined
}

/** On every page of the section, while an invoice should have been paid or could not be charged. */
export async function OverdueNotice({ tenant, shownId }: OverdueNoticeProps) {
  const ctx = await dashboardContext(tenant)
  const [overdue, collection] = await Promise.all([
    listOverdueInvoices(ctx),
    cardCollection(tenant),
  ])
  return (
    <OverdueBanner
      tenant={tenant}
      overdue={overdue}
      collection={collection}
      shownId={shownId}
      payment={runtime().billing.seller.payment}
    />
  )
}
