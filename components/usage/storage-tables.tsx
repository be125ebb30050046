import { amountText, exactAmount } from '@/components/charts/amount'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { Span } from '@/lib/usage/series'
import type { PresentStorage } from '@/lib/usage/storage'
import type { BaseHistory } from './storage-chart'
import { SPAN_WORDS, spanTitle } from './usage-words'

export type StorageTableProps = {
  histories: readonly BaseHistory[]
  present: readonly PresentStorage[]
  /** Epoch ms. */
  now: number
}

/** Each knowledge base now, and what became of it in the period. */
export function StorageTable({ histories, present, now }: StorageTableProps) {
  const latest = new Map(present.map((base) => [base.knowledgeBase, base]))
  const names = new Set([...present.map((base) => base.knowledgeBase), ...histories.map(nameOf)])
  const total = present.reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    <Table label="Knowledge bases" framed={false}>
      <THead>
        <tr>
          <Th>Knowledge base</Th>
          <Th align="right">Now</Th>
          <Th align="right">In this period</Th>
          <Th align="right">Most in this period</Th>
          <Th align="right">Measured</Th>
        </tr>
      </THead>
      <TBody>
        {[...names].map((name) => {
          const history = histories.find((one) => one.name === name)
          const base = latest.get(name)
          return (
            <Tr key={name}>
              <Td className="max-w-64 truncate">{name}</Td>
              <Bytes bytes={base?.bytes ?? 0} />
              <Td align="right" className="whitespace-nowrap">
                {history ? changeText(history.levels) : '–'}
              </Td>
              <Bytes bytes={history?.peak ?? 0} />
              <Td align="right" className="whitespace-nowrap">
                {base ? <RelativeTime at={base.measuredAt} now={now} /> : 'Deleted'}
              </Td>
            </Tr>
          )
        })}
        <Tr className="font-medium">
          <Td>Total</Td>
          <Bytes bytes={total} />
          <Td colSpan={3} />
        </Tr>
      </TBody>
    </Table>
  )
}

export type StorageHistoryTableProps = {
  label: string
  histories: readonly BaseHistory[]
  starts: readonly number[]
  span: Span
}

/** The chart's twin. Its rows have sums and its columns have none, because these are levels. */
export function StorageHistoryTable({ label, histories, starts, span }: StorageHistoryTableProps) {
  return (
    <Table label={label} framed={false}>
      <THead>
        <tr>
          <Th>{SPAN_WORDS[span]}</Th>
          {histories.map(({ name }) => (
            <Th key={name} align="right">
              {name}
            </Th>
          ))}
          <Th align="right">Total</Th>
        </tr>
      </THead>
      <TBody>
        {starts.map((start, place) => (
          <Tr key={start}>
            <Td className="whitespace-nowrap">{spanTitle(start, span)}</Td>
            {histories.map(({ name, levels }) => (
              <Bytes key={name} bytes={levels[place] ?? 0} />
            ))}
            <Bytes bytes={histories.reduce((sum, { levels }) => sum + (levels[place] ?? 0), 0)} />
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}

function Bytes({ bytes }: { bytes: number }) {
  return (
    <Td align="right" title={exactAmount('bytes', bytes)} className="whitespace-nowrap">
      {bytes === 0 ? <span className="text-faint">0</span> : amountText('bytes', bytes)}
    </Td>
  )
}

function nameOf({ name }: BaseHistory): string {
  return name
}

/** From its first level in the period to its last. */
function changeText(levels: readonly number[]): string {
  const change = (levels.at(-1) ?? 0) - (levels.find((level) => level > 0) ?? 0)
  if (change === 0) return 'No change'
  return `${change > 0 ? '+' : '−'}${amountText('bytes', Math.abs(change))}`
}
