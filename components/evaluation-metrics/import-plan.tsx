import { Badge } from '@/components/ui/badge'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { PlannedMetric } from '@/lib/evaluation-metrics/transfer-plan'
import { countsOf } from './metric-file'
import { fieldsWords } from './metric-words'

const OUTCOMES = {
  CREATED: { label: 'New', tone: 'success' },
  CHANGED: { label: 'Changes', tone: 'warning' },
  SKIPPED: { label: 'Skipped', tone: 'neutral' },
} as const

const REASONS = {
  SAME: 'It is here already, word for word.',
  BUILT_IN: 'Its key belongs to a built-in metric.',
  DEPRECATED: 'It is deprecated here. Restore it to change it.',
}

/** What an import would do with each metric of the file. */
export function ImportPlan({ planned }: { planned: readonly PlannedMetric[] }) {
  const { created, changed, skipped } = countsOf(planned)
  return (
    <div className="flex flex-col gap-3">
      <output className="text-ink text-sm">
        {created} new, {changed} changed, {skipped} skipped. Nothing is done yet.
      </output>
      <Table label="What the import does">
        <THead>
          <tr>
            <Th>Metric</Th>
            <Th>What happens</Th>
          </tr>
        </THead>
        <TBody>
          {planned.map((metric) => (
            <Tr key={metric.key}>
              <Td>
                <span className="flex max-w-48 flex-col">
                  <span className="truncate font-medium text-ink">{metric.name}</span>
                  <code className="truncate text-muted text-xs">{metric.key}</code>
                </span>
              </Td>
              <Td>
                <span className="flex flex-col items-start gap-1">
                  <Badge tone={OUTCOMES[metric.outcome].tone}>
                    {OUTCOMES[metric.outcome].label}
                  </Badge>
                  <span className="text-muted text-xs">{storyOf(metric)}</span>
                </span>
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </div>
  )
}

function storyOf(metric: PlannedMetric): string {
  if (metric.outcome === 'CHANGED') return `A new version: ${fieldsWords(metric.changed)}.`
  if (metric.outcome === 'SKIPPED') return REASONS[metric.reason]
  return 'Version 1. No agent uses it before it opts in.'
}
