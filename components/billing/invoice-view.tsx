import { SectionCard } from '@/components/settings/section-card'
import { DescriptionList } from '@/components/ui/description-list'
import { StatusDot } from '@/components/ui/status-dot'
import { TextLink } from '@/components/ui/text-link'
import type { Party } from '@/lib/invoices/invoice-snapshot'
import type { InvoiceDetail } from '@/lib/invoices/invoices'
import { totalRows } from '@/lib/invoices/total-rows'
import { day, dollars } from '@/lib/invoices/wording'
import { BilledLines } from './billed-lines'
import { invoiceStateWords } from './billing-words'
import { PaymentsCard, type PaymentsCardProps } from './payments-card'
import { SumList } from './totals-list'

/** A document as it was issued, and what has become of it. */
export function InvoiceView({ tenant, invoice, collection }: PaymentsCardProps) {
  const { snapshot } = invoice
  const { lines, tax, seller, buyer } = snapshot
  return (
    <>
      <SectionCard title="Summary">
        <DescriptionList layout="columns" items={factsOf(tenant, invoice)} />
      </SectionCard>
      <SectionCard
        title="Lines"
        description="Each leads to what it charges for. Amounts are rounded to the cent once a line."
        flush
      >
        <BilledLines tenant={tenant} label={`Lines of ${snapshot.number}`} lines={lines} />
        <div className="border-subtle border-t px-5 py-4">
          <div className="ml-auto sm:max-w-xs">
            <SumList rows={totalRows(snapshot)} />
            {tax?.note ? <p className="mt-2 text-muted text-xs">{tax.note}</p> : null}
          </div>
        </div>
      </SectionCard>
      <PaymentsCard tenant={tenant} invoice={invoice} collection={collection} />
      <SectionCard
        title="Parties"
        description="As they were when the document was issued. It never changes."
      >
        <div className="grid gap-6 sm:grid-cols-2">
          <PartyFacts heading="Seller" party={seller} />
          <PartyFacts heading="Buyer" party={buyer} />
        </div>
      </SectionCard>
    </>
  )
}

function factsOf(tenant: string, invoice: InvoiceDetail) {
  const { snapshot, correctsId, state, owedCents } = invoice
  const { label, tone } = invoiceStateWords(invoice)
  const { issuedAt, dueAt, totals, corrects } = snapshot
  return [
    { term: 'State', detail: <StatusDot tone={tone}>{label}</StatusDot> },
    { term: 'Date', detail: day(issuedAt) },
    ...(corrects && correctsId
      ? [
          {
            term: 'Corrects',
            detail: (
              <TextLink href={`/${tenant}/settings/billing/invoices/${correctsId}`}>
                {corrects.number}
              </TextLink>
            ),
          },
        ]
      : []),
    { term: 'Total', detail: dollars(totals.totalCents) },
    ...(state === 'OPEN'
      ? [
          { term: 'Left to pay', detail: dollars(owedCents) },
          { term: 'Due', detail: dueAt === null ? '–' : day(dueAt) },
        ]
      : []),
  ]
}

function PartyFacts({ heading, party }: { heading: string; party: Party }) {
  const { name, lines, taxIds, email } = party
  return (
    <div className="flex flex-col gap-0.5 text-sm [overflow-wrap:anywhere]">
      <h3 className="text-muted text-xs">{heading}</h3>
      <p className="font-medium text-ink">{name}</p>
      {[...lines, ...taxIds, ...(email ? [email] : [])].map((line) => (
        <p key={line} className="text-muted">
          {line}
        </p>
      ))}
    </div>
  )
}
