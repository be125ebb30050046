import { amountText, exactAmount, shortAmount } from '@/components/charts/amount'
import { Badge } from '@/components/ui/badge'
import { Td } from '@/components/ui/table'

export type TokensCellProps = {
  amount: number
  /** Tokens that the amount holds and that are worth a line below it, where there are any: "12K cached". */
  part?: { name: string; amount: number } | undefined
}

/** Rounded, so that billions have room; exact where the pointer rests, in the chart's table and in the CSV. */
export function TokensCell({ amount, part }: TokensCellProps) {
  return (
    <Td align="right" title={exactAmount('tokens', amount)} className="whitespace-nowrap">
      {shortAmount('tokens', amount)}
      {part && part.amount > 0 ? (
        <span className="block text-muted text-xs" title={exactAmount('tokens', part.amount)}>
          {shortAmount('tokens', part.amount)} {part.name}
        </span>
      ) : null}
    </Td>
  )
}

export type CostCellProps = {
  /** Nano-USD. */
  cost: bigint
  calls: number
  unpricedCalls: number
}

/** What nobody has priced is not free: it says so, before the amount, so that amounts stand under each other. */
export function CostCell({ cost, calls, unpricedCalls }: CostCellProps) {
  const isUnpriced = unpricedCalls > 0 && unpricedCalls === calls
  return (
    <Td align="right" title={exactAmount('usd', cost)} className="whitespace-nowrap">
      <span className="inline-flex items-center gap-1.5">
        {unpricedCalls > 0 ? (
          <Badge tone="warning">{isUnpriced ? 'Unpriced' : 'Partly unpriced'}</Badge>
        ) : null}
        {isUnpriced ? null : amountText('usd', cost)}
      </span>
    </Td>
  )
}
