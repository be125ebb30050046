import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { cardCollection } from '@/app/[tenant]/settings/billing/_card-collection'
import { OverdueNotice } from '@/app/[tenant]/settings/billing/_overdue-notice'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { InvoiceView } from '@/components/billing/invoice-view'
import { PageHeader } from '@/components/settings/page-header'
import { BackLink } from '@/components/ui/back-link'
import { LinkButton } from '@/components/ui/link-button'
import { isDomainError } from '@/lib/errors'
import { getInvoice } from '@/lib/invoices/invoices'
import { days } from '@/lib/invoices/wording'

type PageProps = { params: Promise<{ tenant: string; invoice: string }> }

const invoiceOfPage = cache(async (tenant: string, invoiceId: string) => {
  const ctx = await dashboardContext(tenant)
  if (!sectionOf('billing').visibleTo(ctx.principal)) notFound()
  return getInvoice(ctx, { invoiceId }).catch((error: unknown) => {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  })
})

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, invoice } = await params
  return { title: `${(await invoiceOfPage(tenant, invoice)).snapshot.number} · Billing` }
}

export default async function InvoicePage({ params }: PageProps) {
  const { tenant, invoice: invoiceId } = await params
  const invoice = await invoiceOfPage(tenant, invoiceId)
  const { kind, number, period, corrects } = invoice.snapshot
  const base = `/${tenant}/settings/billing`
  return (
    <>
      <BackLink href={`${base}?tab=invoices`}>Invoices</BackLink>
      <PageHeader
        title={kind === 'INVOICE' ? `Invoice ${number}` : `Credit note ${number}`}
        description={
          corrects
            ? `Corrects ${corrects.number}: ${corrects.reason}`
            : period
              ? `For ${days(period)}, UTC.`
              : 'For the fee of a plan, from within a period.'
        }
        actions={
          <LinkButton href={`${base}/invoices/${invoice.id}/pdf`} download prefetch={false}>
            Download PDF
          </LinkButton>
        }
      />
      <OverdueNotice tenant={tenant} shownId={invoice.id} />
      <InvoiceView tenant={tenant} invoice={invoice} collection={await cardCollection(tenant)} />
    </>
  )
}
