import { Bot } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { Metric } from '@/lib/evaluation-metrics/model'
import type { MetricUse } from '@/lib/evaluation-metrics/queries'

export type UseTableProps = { uses: readonly MetricUse[]; metric: Metric; tenant: string }

/** The agents that have opted in, and how much of their score it is. */
export function UseTable({ uses, metric, tenant }: UseTableProps) {
  const agentsHref = `/${tenant}/settings/evaluation-metrics?tab=agents`
  if (uses.length === 0) {
    return (
      <EmptyState
        icon={<Bot />}
        title="No agent uses it"
        description={
          metric.isDeprecated
            ? 'It is deprecated, so none can opt in.'
            : 'Agents opt in one by one: nothing is scored by a metric that nobody has chosen.'
        }
        actions={<LinkButton href={agentsHref}>Choose metrics of agents</LinkButton>}
      />
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <Table label="Agents that use it">
        <THead>
          <tr>
            <Th>Agent</Th>
            <Th align="right">Weight</Th>
            <Th>Share of its score</Th>
          </tr>
        </THead>
        <TBody>
          {uses.map(({ agent, weight, share }) => (
            <Tr key={agent}>
              <Td className="font-medium text-ink">{agent}</Td>
              <Td align="right">{weight}</Td>
              <Td>
                <span className="flex min-w-32 max-w-64 items-center gap-3">
                  <span className="w-10 text-right">{share}%</span>
                  <ProgressBar value={share} label={`Share of the score of ${agent}`} />
                </span>
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
      <div>
        <LinkButton href={agentsHref}>Choose metrics of agents</LinkButton>
      </div>
    </div>
  )
}
