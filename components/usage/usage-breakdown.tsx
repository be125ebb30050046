import { amountText, percentChange } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { cn } from '@/components/ui/class-names'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { inputTokens } from '@/lib/model-pricing/token-kinds'
import { totalOf, type UsageRow, type UsageSums } from '@/lib/usage/series'
import { AgentId } from './agent-id'
import { CostCell, TokensCell } from './amount-cells'
import { eventsOfView } from './time-bars'
import { amountOf } from './usage-chart'
import { changeText } from './usage-figures'
import type { UsageName, UsageView } from './usage-view'
import { type AgentNames, NAME_WORDS, nameText } from './usage-words'

export type UsageBreakdownProps = {
  /** Of the whole period. */
  rows: readonly UsageRow[]
  /** Of the days that are compared, and of those that they are compared with. */
  now: readonly UsageRow[]
  before: readonly UsageRow[]
  /** What a row is of. */
  names: readonly UsageName[]
  reading: { view: UsageView; base: string; agents: AgentNames }
}

/** Everything by name, to the last name, with its sum; each row leads to its events. */
export function UsageBreakdown({ rows, now, before, names, reading }: UsageBreakdownProps) {
  const title = `By ${names.map((name) => NAME_WORDS[name].toLowerCase()).join(' and ')}`
  const total = totalOf(rows)
  // Runs of agents have no model: their calls are in the rows of the models.
  const sorted = rows
    .filter(({ calls }) => calls > 0)
    .sort(
      (one, other) =>
        Number(amountOf('cost', other)) - Number(amountOf('cost', one)) || other.calls - one.calls,
    )
  return (
    <SectionCard title={title} flush>
      <Table label={`Usage ${title.toLowerCase()}`} framed={false}>
        <THead>
          <tr>
            {names.map((name, place) => (
              <Th key={name} className={hiddenOnPhones(place)}>
                {NAME_WORDS[name]}
              </Th>
            ))}
            <Th align="right">Cost</Th>
            <Th align="right">Share</Th>
            <Th align="right">Change</Th>
            <Th align="right">Calls</Th>
            <Th align="right">Input</Th>
            <Th align="right">Output</Th>
          </tr>
        </THead>
        <TBody>
          {sorted.map((row) => (
            <Tr key={row.names.join('\u0000')} interactive>
              <NameCells row={row} names={names} reading={reading} />
              <Sums sums={row} total={total} change={changeOf(row, now, before)} />
            </Tr>
          ))}
          <Tr className="font-medium">
            {names.map((name, place) => (
              <Td key={name} className={hiddenOnPhones(place)}>
                {place === 0 ? 'Total' : null}
              </Td>
            ))}
            <Sums sums={total} total={total} change="" />
          </Tr>
        </TBody>
      </Table>
    </SectionCard>
  )
}

/** A second name has a column where there is room; on phones it is a line below the first, so that costs are in sight. */
const hiddenOnPhones = (place: number) => (place > 0 ? 'max-sm:hidden' : undefined)

type NameCellsProps = Pick<UsageBreakdownProps, 'names' | 'reading'> & { row: UsageRow }

function NameCells({ row, names, reading }: NameCellsProps) {
  const text = (name: UsageName, place: number) =>
    nameText(name, row.names[place] ?? '', reading.agents)
  const second = names[1]
  return names.map((name, place) => (
    <Td
      key={name}
      title={row.names[place]}
      className={cn('max-w-56 truncate max-sm:max-w-40', hiddenOnPhones(place))}
    >
      {place === 0 ? (
        <RowLink href={eventsOfRow(row, names, reading)} prefetch={false}>
          {text(name, place)}
        </RowLink>
      ) : (
        text(name, place)
      )}
      <AgentId by={name} name={row.names[place]} agents={reading.agents} />
      {place === 0 && second ? (
        <span className="block truncate text-muted text-xs sm:hidden">{text(second, 1)}</span>
      ) : null}
    </Td>
  ))
}

type SumsProps = { sums: UsageSums; total: UsageSums; change: string }

/** Money first: it is what stays in sight on a phone. */
function Sums({ sums, total, change }: SumsProps) {
  const cost = sums.inputCost + sums.outputCost
  const all = total.inputCost + total.outputCost
  return (
    <>
      <CostCell cost={cost} calls={sums.calls} unpricedCalls={sums.unpricedCalls} />
      <Td align="right">
        {cost > 0n ? `${((Number(cost) / Number(all)) * 100).toFixed(1)}%` : '–'}
      </Td>
      <Td align="right">{change}</Td>
      <Td align="right">{amountText('count', sums.calls)}</Td>
      <TokensCell amount={inputTokens(sums)} part={{ name: 'cached', amount: sums.cacheRead }} />
      <TokensCell
        amount={sums.output + sums.reasoning + sums.outputAudio}
        part={{ name: 'reasoning', amount: sums.reasoning }}
      />
    </>
  )
}

function changeOf(row: UsageRow, now: readonly UsageRow[], before: readonly UsageRow[]): string {
  const same = (other: UsageRow) => other.names.every((name, place) => name === row.names[place])
  const [these, those] = [now.find(same), before.find(same)]
  if (!these && !those) return '–'
  if (!those) return 'new'
  const change = percentChange(these ? amountOf('cost', these) : 0n, amountOf('cost', those))
  return change === null ? '–' : changeText(change)
}

function eventsOfRow(
  row: UsageRow,
  names: readonly UsageName[],
  { view, base }: Pick<UsageBreakdownProps['reading'], 'view' | 'base'>,
): string {
  const only = { ...view.only }
  names.forEach((name, place) => {
    only[name] = [row.names[place] ?? '']
  })
  return eventsOfView(base, { ...view, only })
}
