import { CornerDownRight, Download } from 'lucide-react'
import { LinkButton } from '@/components/ui/link-button'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { RowLink, Td, Tr } from '@/components/ui/table'
import type { CreditNoteSummary, InvoiceSummary } from '@/lib/invoices/invoice-summaries'
import { dollars } from '@/lib/invoices/wording'
import { dayRange } from '@/lib/local-date'
import { invoiceStateWords } from './billing-words'
import { PayButton } from './payment-buttons'

export type InvoiceRowsProps = { tenant: string; invoice: InvoiceSummary; mayPay: boolean }

/** An invoice, and below it what corrects it. */
export function InvoiceRows({ tenant, invoice, mayPay }: InvoiceRowsProps) {
  const base = `/${tenant}/settings/billing`
  const { id, number, issuedAt, period, totalCents, dueAt, creditNotes } = invoice
  const { label, tone } = invoiceStateWords(invoice)
  const due = dueAt !== null && invoice.state === 'OPEN' ? dueAt : null
  return (
    <>
      <Tr interactive>
        <Td className="whitespace-nowrap">
          <RowLink href={`${base}/invoices/${id}`} prefetch={false}>
            {number}
          </RowLink>
          <span className="block text-muted text-xs md:hidden">
            <AbsoluteTime at={issuedAt} dateOnly />
          </span>
        </Td>
        <Td className="whitespace-nowrap max-md:hidden">
          <AbsoluteTime at={issuedAt} dateOnly />
        </Td>
        <Td className="text-muted max-lg:hidden">{period ? dayRange(period) : 'Fee of a plan'}</Td>
        <Td align="right" className="whitespace-nowrap">
          {dollars(totalCents)}
        </Td>
        <Td>
          <StatusDot tone={tone}>{label}</StatusDot>
          {due === null ? null : (
            <span className="block whitespace-nowrap text-muted text-xs md:hidden">
              due <AbsoluteTime at={due} dateOnly />
            </span>
          )}
        </Td>
        <Td className="whitespace-nowrap text-muted max-md:hidden">
          {due === null ? '–' : <AbsoluteTime at={due} dateOnly />}
        </Td>
        <Td align="right" actions className="whitespace-nowrap max-sm:hidden">
          <span className="inline-flex items-center gap-1">
            {mayPay && invoice.state === 'OPEN' ? (
              <span className="inline-flex max-lg:hidden">
                <PayButton
                  tenant={tenant}
                  invoiceId={id}
                  number={number}
                  size="sm"
                  aria-label={`Pay by card: ${number}`}
                />
              </span>
            ) : null}
            <PdfLink base={base} id={id} number={number} />
          </span>
        </Td>
      </Tr>
      {creditNotes.map((note) => (
        <NoteRow key={note.id} base={base} note={note} />
      ))}
    </>
  )
}

function NoteRow({ base, note }: { base: string; note: CreditNoteSummary }) {
  const { id, number, issuedAt, totalCents, reason } = note
  return (
    <Tr interactive className="bg-inset">
      <Td className="whitespace-nowrap">
        <span className="flex items-center gap-1.5">
          <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-faint" />
          <RowLink href={`${base}/invoices/${id}`} prefetch={false}>
            {number}
          </RowLink>
        </span>
        <span className="block text-muted text-xs md:hidden">
          <AbsoluteTime at={issuedAt} dateOnly />
        </span>
      </Td>
      <Td className="whitespace-nowrap max-md:hidden">
        <AbsoluteTime at={issuedAt} dateOnly />
      </Td>
      <Td className="text-muted max-lg:hidden">{reason}</Td>
      <Td align="right" className="whitespace-nowrap">
        {dollars(-totalCents)}
      </Td>
      <Td className="whitespace-nowrap text-muted">Credit note</Td>
      <Td className="text-muted max-md:hidden">–</Td>
      <Td align="right" actions className="max-sm:hidden">
        <PdfLink base={base} id={id} number={number} />
      </Td>
    </Tr>
  )
}

type PdfLinkProps = { base: string; id: string; number: string }

/** Narrow windows have both on the invoice’s own page. */
function PdfLink({ base, id, number }: PdfLinkProps) {
  return (
    <LinkButton
      href={`${base}/invoices/${id}/pdf`}
      download
      prefetch={false}
      variant="ghost"
      size="sm"
      aria-label={`Download ${number} as PDF`}
    >
      <Download aria-hidden />
      PDF
    </LinkButton>
  )
}
