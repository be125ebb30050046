import { amountText } from '@/components/charts/amount'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { RequestTotals } from '@/lib/usage/request-series'
import { allRequests, failedShare, type RequestSpan } from './requests-chart'

export type RequestsTableProps = {
  label: string
  /** What a row is: "Day". */
  heading: string
  spans: readonly RequestSpan[]
  totals: RequestTotals
}

/** The chart's twin, and what of it failed. */
export function RequestsTable({ label, heading, spans, totals }: RequestsTableProps) {
  return (
    <Table label={label} framed={false}>
      <THead>
        <tr>
          <Th>{heading}</Th>
          <Th align="right">API</Th>
          <Th align="right">Connectors</Th>
          <Th align="right">Total</Th>
          <Th align="right">Failed</Th>
          <Th align="right">Failed share</Th>
        </tr>
      </THead>
      <TBody>
        {spans.map(({ start, title, href, totals: ofSpan }) => (
          <Tr key={start} interactive={spans.length > 1}>
            <Td className="whitespace-nowrap">
              {spans.length > 1 ? <RowLink href={href}>{title}</RowLink> : title}
            </Td>
            <Amounts totals={ofSpan} />
          </Tr>
        ))}
        <Tr className="font-medium">
          <Td>Total</Td>
          <Amounts totals={totals} />
        </Tr>
      </TBody>
    </Table>
  )
}

function Amounts({ totals }: { totals: RequestTotals }) {
  const all = allRequests(totals)
  const amounts = [totals.API.requests, totals.CONNECTOR.requests, all.requests, all.failed]
  return (
    <>
      {amounts.map((amount, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
        <Td key={place} align="right">
          {amount === 0 ? <span className="text-faint">0</span> : amountText('count', amount)}
        </Td>
      ))}
      <Td align="right">{failedShare(all)}</Td>
    </>
  )
}
