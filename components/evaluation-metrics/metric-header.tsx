import type { ReactNode } from 'react'
import { BackLink } from '@/components/ui/back-link'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { CopyButton } from '@/components/ui/copy-button'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { OriginBadge } from './metric-cells'
import { agentsWords } from './metric-words'

export type MetricHeaderProps = {
  metric: Metric
  now: number
  listHref: string
  actions: ReactNode
}

/** Which metric this is, whether it counts, and what one may do about it. */
export function MetricHeader({ metric, now, listHref, actions }: MetricHeaderProps) {
  return (
    <header className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <BackLink href={listHref}>Evaluation Metrics</BackLink>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="flex min-w-0 max-w-2xl flex-col gap-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="min-w-0 font-semibold text-ink text-xl [overflow-wrap:anywhere]">
                {metric.name}
              </h1>
              <OriginBadge metric={metric} />
              {metric.isDeprecated ? <Badge tone="warning">Deprecated</Badge> : null}
            </div>
            <span className="flex items-center gap-1 text-muted text-sm">
              <code className="min-w-0 [overflow-wrap:anywhere]">{metric.key}</code>
              <CopyButton value={metric.key} label="Copy key" className="-my-1" />
            </span>
          </div>
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        </div>
      </div>
      {metric.deprecatedAt !== null ? (
        <Callout tone="warning" title="Deprecated">
          Nothing is scored by it since <AbsoluteTime at={metric.deprecatedAt} />. Its versions and
          past scores stay readable.
        </Callout>
      ) : null}
      <DescriptionList
        layout="columns"
        items={[
          { term: 'Default weight', detail: String(metric.defaultWeight) },
          { term: 'Version', detail: `v${metric.version}` },
          {
            term: 'Used by',
            detail: metric.agentCount === 0 ? 'No agent' : agentsWords(metric.agentCount),
          },
          {
            term: 'Changed',
            detail: metric.isSystem ? (
              'With a release of the product'
            ) : (
              <RelativeTime at={metric.modifiedAt} now={now} />
            ),
          },
          {
            term: metric.clonedFrom === null ? 'Made by' : 'Cloned by',
            detail:
              metric.clonedFrom === null ? (
                metric.createdBy
              ) : (
                <>
                  {metric.createdBy} from <code>{metric.clonedFrom}</code>
                </>
              ),
          },
        ]}
      />
    </header>
  )
}
