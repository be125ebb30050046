'use client'

import { amountText } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { BudgetOverview } from '@/lib/budgets/overview'
import { type BudgetNames, budgetName } from './budget-words'

export type AlertLogProps = {
  overview: BudgetOverview
  names: BudgetNames
  now: number
}

/** Which thresholds were told this month; nothing before the first. */
export function AlertLog({ overview, names, now }: AlertLogProps) {
  if (overview.alerts.length === 0) return null
  const budgets = new Map(overview.budgets.map((budget) => [budget.id, budget]))
  return (
    <SectionCard
      title="Told this month"
      description="Each threshold is told once a month: to admins and finance, and to the owner of a token. A higher amount lets those be told again that it is no longer at."
      flush
    >
      <Table label="Thresholds told this month" framed={false}>
        <THead>
          <tr>
            <Th>Budget</Th>
            <Th align="right">Threshold</Th>
            <Th align="right">Spent then</Th>
            <Th align="right">When</Th>
          </tr>
        </THead>
        <TBody>
          {overview.alerts.map(({ budgetId, threshold, cost, amount, toldAt }) => {
            const budget = budgets.get(budgetId)
            return (
              <Tr key={`${budgetId} ${threshold}`}>
                <Td>
                  <span className="block max-w-64 truncate first-letter:uppercase">
                    {budget ? budgetName(budget, names) : ''}
                  </span>
                </Td>
                <Td align="right">{threshold}%</Td>
                <Td align="right" className="whitespace-nowrap">
                  {amountText('usd', cost)} of {amountText('usd', amount)}
                </Td>
                <Td align="right">
                  <RelativeTime at={toldAt} now={now} />
                </Td>
              </Tr>
            )
          })}
        </TBody>
      </Table>
    </SectionCard>
  )
}
