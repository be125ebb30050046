import Link from 'next/link'
import { Table, TBody, Td, THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import {
  amountText,
  detailText,
  exactText,
  quantityText,
  sectionsOf,
  sectionTotal,
} from '@/lib/invoices/invoice-sections'
import type { InvoiceLine } from '@/lib/invoices/invoice-snapshot'
import { lineHref } from './line-href'

export type BilledLinesProps = { tenant: string; label: string; lines: readonly InvoiceLine[] }

/** The lines of an invoice under their headings; each leads to what it charges for. */
export function BilledLines({ tenant, label, lines }: BilledLinesProps) {
  return (
    <Table label={label} framed={false}>
      <THead className="max-sm:sr-only">
        <tr>
          <Th>Line</Th>
          <Th align="right" className="max-sm:hidden">
            Quantity
          </Th>
          <Th align="right" className="max-md:hidden">
            Exact, USD
          </Th>
          <Th align="right">Amount</Th>
        </tr>
      </THead>
      {sectionsOf(lines).map((section) => (
        <TBody key={section.title} className="border-subtle border-b last:border-b-0">
          <tr className="bg-inset">
            <th scope="rowgroup" className="h-9 py-1.5 pr-3 pl-5 text-left font-medium text-ink">
              {section.title}
            </th>
            <td className="max-sm:hidden" />
            <td className="max-md:hidden" />
            <td className="py-1.5 pr-5 pl-3 text-right font-medium text-ink">
              {sectionTotal(section)}
            </td>
          </tr>
          {section.lines.map((line) => (
            <LineRow key={line.number} tenant={tenant} line={line} />
          ))}
        </TBody>
      ))}
    </Table>
  )
}

function LineRow({ tenant, line }: { tenant: string; line: InvoiceLine }) {
  const detail = detailText(line)
  const exact = exactText(line)
  return (
    <tr>
      <Td className="min-w-40 [overflow-wrap:anywhere]">
        <Description href={lineHref(tenant, line)}>{line.description}</Description>
        {detail ? <span className="block text-muted text-xs">{detail}</span> : null}
        <span className="block text-muted text-xs sm:hidden">{quantityText(line)}</span>
      </Td>
      <Td align="right" className="whitespace-nowrap text-muted max-sm:hidden">
        {quantityText(line)}
      </Td>
      <Td align="right" className="whitespace-nowrap text-muted max-md:hidden">
        {exact}
      </Td>
      <Td align="right" className="whitespace-nowrap" title={exact || undefined}>
        {amountText(line)}
      </Td>
    </tr>
  )
}

function Description({ href, children }: { href: string | null; children: string }) {
  if (href === null) return <span className="text-ink">{children}</span>
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-sm text-ink underline decoration-strong underline-offset-4 hover:decoration-current"
    >
      {children}
    </Link>
  )
}
