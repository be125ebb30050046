'use client'

import { Badge } from '@/components/ui/badge'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { Budget } from '@/lib/budgets/model'
import { BudgetBar } from './budget-bar'
import { BudgetMenu } from './budget-menu'
import type { BudgetActs } from './budget-section'
import {
  type BudgetNames,
  budgetName,
  enforcementWords,
  percentWords,
  subjectWords,
} from './budget-words'
import { RunOut } from './run-out'
import { SpentLink } from './spent-link'

export type BudgetTableProps = {
  /** What the rows are: "Agent". */
  heading: string
  label: string
  budgets: readonly Budget[]
  names: BudgetNames
  /** Null for those who only read. */
  acts: BudgetActs | null
}

export function BudgetTable({ heading, label, budgets, names, acts }: BudgetTableProps) {
  return (
    <Table label={label} framed={false}>
      <THead>
        <tr>
          <Th>{heading}</Th>
          <Th>Spent this month</Th>
          <Th align="right">Used</Th>
          <Th align="right">Runs out</Th>
          <Th>At 100%</Th>
          {acts ? (
            <Th srOnly pinned>
              Actions
            </Th>
          ) : null}
        </tr>
      </THead>
      <TBody>
        {budgets.map((budget) => (
          <Tr key={budget.id}>
            <Td>
              <Subject budget={budget} names={names} />
            </Td>
            <Td>
              <span className="flex min-w-40 flex-col gap-1.5">
                <SpentLink budget={budget} className="whitespace-nowrap text-ink" />
                <BudgetBar budget={budget} label={`Budget of ${budgetName(budget, names)}`} />
              </span>
            </Td>
            <Td align="right">{percentWords(budget.usagePercent)}</Td>
            <Td align="right" className="whitespace-nowrap">
              <RunOut budget={budget} />
            </Td>
            <Td className="whitespace-nowrap">{enforcementWords(budget.enforce)}</Td>
            {acts ? (
              <Td align="right" pinned>
                <BudgetMenu
                  budget={budget}
                  name={budgetName(budget, names)}
                  onEdit={acts.onEdit}
                  onRemove={acts.onRemove}
                />
              </Td>
            ) : null}
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}

function Subject({ budget, names }: { budget: Budget; names: BudgetNames }) {
  const { name, detail } = subjectWords(budget, names)
  return (
    <span className="flex min-w-24 max-w-36 sm:max-w-64 flex-col">
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-medium text-ink" title={name}>
          {name}
        </span>
        {budget.origin === 'TEST' ? <Badge tone="info">Test</Badge> : null}
      </span>
      {detail === '' ? null : <SubjectDetail kind={budget.kind} detail={detail} />}
    </span>
  )
}

/** The id that programs report an agent by, or who a token belongs to. */
function SubjectDetail({ kind, detail }: { kind: Budget['kind']; detail: string }) {
  const className = 'truncate text-muted text-xs'
  if (kind === 'AGENT') return <code className={className}>{detail}</code>
  return <span className={className}>{detail}</span>
}
