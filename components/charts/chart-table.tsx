import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { TextLink } from '@/components/ui/text-link'
import { amountText, exactAmount, type Unit } from './amount'
import { type ChartData, columnTotal, sumOf } from './chart-data'

export type ChartTableProps = ChartData & {
  label: string
  unit: Unit
  /** What the bars are: "Day". */
  heading: string
}

/** The chart's twin: the same numbers, bar by bar, with their sums. */
export function ChartTable({ label, unit, heading, columns, series }: ChartTableProps) {
  const total = sumOf(columns.map((_, place) => columnTotal({ columns, series }, place)))
  return (
    <Table label={label} framed={false}>
      <THead>
        <tr>
          <Th>{heading}</Th>
          {series.map(({ key, label }) => (
            <Th key={key} align="right">
              {label}
            </Th>
          ))}
          <Th align="right">Total</Th>
        </tr>
      </THead>
      <TBody>
        {columns.map((column, place) => (
          <Tr key={column.key}>
            <Td className="whitespace-nowrap">
              {column.href ? <TextLink href={column.href}>{column.title}</TextLink> : column.title}
            </Td>
            {series.map(({ key, values }) => (
              <AmountCell key={key} unit={unit} amount={values[place] ?? 0} />
            ))}
            <AmountCell unit={unit} amount={columnTotal({ columns, series }, place)} />
          </Tr>
        ))}
        <Tr className="font-medium">
          <Td>Total</Td>
          {series.map(({ key, values }) => (
            <AmountCell key={key} unit={unit} amount={sumOf(values)} />
          ))}
          <AmountCell unit={unit} amount={total} />
        </Tr>
      </TBody>
    </Table>
  )
}

function AmountCell({ unit, amount }: { unit: Unit; amount: number | bigint }) {
  return (
    <Td align="right" title={exactAmount(unit, amount)} className="whitespace-nowrap">
      {Number(amount) === 0 ? <span className="text-faint">0</span> : amountText(unit, amount)}
    </Td>
  )
}
