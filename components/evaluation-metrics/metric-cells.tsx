import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { StatusDot } from '@/components/ui/status-dot'
import { RowLink } from '@/components/ui/table'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { agentsWords, metricHref } from './metric-words'

/** What the columns of the list of metrics show, by column. */
export function metricCells(tenant: string): Record<string, (metric: Metric) => ReactNode> {
  return {
    name: (metric) => (
      <span className="flex min-w-44 max-w-48 flex-col sm:min-w-56 sm:max-w-80">
        <RowLink href={metricHref(tenant, metric.id)} className="truncate">
          {metric.name}
        </RowLink>
        <code className="truncate text-muted text-xs">{metric.key}</code>
      </span>
    ),
    origin: (metric) => <OriginBadge metric={metric} />,
    state: (metric) => (
      <StatusDot tone={metric.isDeprecated ? 'neutral' : 'success'}>
        {metric.isDeprecated ? 'Deprecated' : 'In use'}
      </StatusDot>
    ),
    version: (metric) => <span className="text-muted">v{metric.version}</span>,
    agentCount: (metric) =>
      metric.agentCount === 0 ? (
        <span className="text-muted">No agent</span>
      ) : (
        <span className="whitespace-nowrap">{agentsWords(metric.agentCount)}</span>
      ),
  }
}

export function OriginBadge({ metric }: { metric: Metric }) {
  if (!metric.isSystem) return <Badge tone="info">Your own</Badge>
  return <Badge>{metric.kind === 'MEASURED' ? 'Built in, measured' : 'Built in'}</Badge>
}
