import { SectionCard } from '@/components/settings/section-card'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { TextLink } from '@/components/ui/text-link'
import type { CreditRow, Credits } from '@/lib/invoices/credits'
import { dollars } from '@/lib/invoices/wording'

const REASONS: Record<CreditRow['reason'], string> = {
  INVOICE_BELOW_ZERO: 'Given back by an invoice',
  USED: 'Paid an invoice',
  INVOICE_VOIDED: 'Invoice voided',
  CREDIT_NOTE: 'Credit note',
  OVERPAID: 'Paid too much',
}

/** Where credit came from and what it paid. Nothing where there never was any. */
export function CreditCard({ tenant, credits }: { tenant: string; credits: Credits }) {
  if (credits.entries.length === 0) return null
  return (
    <SectionCard
      title="Credit"
      description={`${dollars(credits.balanceCents)} in hand. The next invoices use it up before anything is to be paid.`}
      flush
    >
      <Table label="Credit" framed={false}>
        <THead>
          <tr>
            <Th>Day</Th>
            <Th>What for</Th>
            <Th align="right">Amount</Th>
          </tr>
        </THead>
        <TBody>
          {credits.entries.map(({ at, cents, reason, invoiceId, number }) => (
            <Tr key={`${at} ${invoiceId} ${reason}`}>
              <Td className="whitespace-nowrap text-muted">
                <AbsoluteTime at={at} dateOnly />
              </Td>
              <Td>
                {REASONS[reason]},{' '}
                <TextLink
                  href={`/${tenant}/settings/billing/invoices/${invoiceId}`}
                  prefetch={false}
                  className="whitespace-nowrap"
                >
                  {number}
                </TextLink>
              </Td>
              <Td align="right" className="whitespace-nowrap">
                {dollars(cents)}
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </SectionCard>
  )
}
