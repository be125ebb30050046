'use client'

import { amountText } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { BudgetAlert, BudgetOverview } from '@/lib/budgets/overview'
import { type BudgetNames, budgetName } from './budget-words'

export type AlertLogProps = {
  overview: BudgetOverview
  names: BudgetNames
  now: number
}

/** What people were told this month; nothing before the first time. */
export function AlertLog({ overview, names, now }: AlertLogProps) {
  if (overview.alerts.length === 0) return null
  const budgets = new Map(overview.budgets.map((budget) => [budget.id, budget]))
  return (
    <SectionCard
      title="Alerts this month"
      description="Each threshold is told once a month: to admins and finance, and to the owner of a token. Where a higher amount leads back below a threshold, it can be told again."
      flush
    >
      <Table label="Thresholds that people were told of" framed={false}>
        <THead>
          <tr>
            <Th>Budget</Th>
            <Th align="right">Passed</Th>
            <Th align="right">Spent then</Th>
            <Th align="right">When</Th>
          </tr>
        </THead>
        <TBody>
          {noticesOf(overview.alerts).map(({ budgetId, thresholds, cost, amount, toldAt }) => {
            const budget = budgets.get(budgetId)
            return (
              <Tr key={`${budgetId} ${toldAt}`}>
                <Td>
                  <span className="block max-w-36 truncate first-letter:uppercase sm:max-w-64">
                    {budget ? budgetName(budget, names) : ''}
                  </span>
                </Td>
                <Td align="right">{thresholds.map((percent) => `${percent}%`).join(', ')}</Td>
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

type Notice = Omit<BudgetAlert, 'threshold'> & { thresholds: number[] }

/** Thresholds that were passed together were told by one notice. */
function noticesOf(alerts: readonly BudgetAlert[]): Notice[] {
  const notices = new Map<string, Notice>()
  for (const { threshold, ...alert } of alerts) {
    const key = `${alert.budgetId} ${alert.toldAt}`
    const { thresholds } = notices.get(key) ?? { thresholds: [] }
    const both = [...thresholds, threshold].sort((one, other) => one - other)
    notices.set(key, { ...alert, thresholds: both })
  }
  return [...notices.values()]
}
