'use client'

import { Download, ReceiptText } from 'lucide-react'
import { loadInvoices } from '@/app/[tenant]/settings/billing/actions'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Table, TBody, THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { InvoiceSummary } from '@/lib/invoices/invoice-summaries'
import type { Page } from '@/lib/paging'
import { midnightWords } from './billing-words'
import { InvoiceRows } from './invoice-rows'

export type InvoicesPanelProps = {
  tenant: string
  firstPage: Page<InvoiceSummary>
  /** Epoch ms of the end of the period, when the next invoice is made. */
  nextAt: number
  /** By card, here. */
  mayPay: boolean
}

/** Every invoice, newest first, each with the credit notes that correct it. */
export function InvoicesPanel({ tenant, firstPage, nextAt, mayPay }: InvoicesPanelProps) {
  const { items, failure, loading, loadMore } = useMorePages(firstPage, (pageToken) =>
    loadInvoices(tenant, { pageToken }),
  )
  const base = `/${tenant}/settings/billing`
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<ReceiptText />}
        title="No invoice yet"
        description={`The next one is made when the period ends on ${midnightWords(nextAt)}, if there is something to pay.`}
        actions={<LinkButton href={`${base}?tab=period`}>See what it will say</LinkButton>}
      />
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted text-sm">Open an invoice to follow its lines. Amounts in USD.</p>
        <LinkButton href={`${base}/export`} download prefetch={false}>
          <Download aria-hidden />
          CSV
        </LinkButton>
      </div>
      <Table label="Invoices">
        <THead className="max-sm:sr-only">
          <tr>
            <Th>Number</Th>
            <Th className="max-md:hidden">Date</Th>
            <Th className="max-lg:hidden">Period</Th>
            <Th align="right">Total</Th>
            <Th>State</Th>
            <Th className="max-md:hidden">Due</Th>
            <Th srOnly className="max-sm:hidden">
              Pay and download
            </Th>
          </tr>
        </THead>
        {items.map((invoice) => (
          <TBody key={invoice.id} className="border-subtle border-b last:border-b-0">
            <InvoiceRows tenant={tenant} invoice={invoice} mayPay={mayPay} />
          </TBody>
        ))}
      </Table>
      {failure ? (
        <Callout tone="danger" live title="The next invoices could not be loaded">
          {failure}
        </Callout>
      ) : null}
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
        <output className="text-muted text-sm tabular-nums">
          {items.length.toLocaleString('en-US')} of {firstPage.totalCount.toLocaleString('en-US')}
        </output>
        {loadMore ? (
          <Button onClick={loadMore} loading={loading}>
            Load more
          </Button>
        ) : null}
      </div>
    </div>
  )
}
