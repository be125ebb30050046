import { ArrowLeftRight } from 'lucide-react'
import { amountText, percentChange } from '@/components/charts/amount'
import { StackedBars } from '@/components/charts/stacked-bars'
import { SectionCard } from '@/components/settings/section-card'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { dayRange } from '@/lib/local-date'
import type { Comparison } from '@/lib/usage/comparison'
import { type RequestRow, totalRequests } from '@/lib/usage/request-series'
import type { TokenRequests } from '@/lib/usage/token-requests'
import { allRequests, failedShare, requestChart, requestSpans } from './requests-chart'
import { RequestsTable } from './requests-table'
import type { ShownSpans } from './time-bars'
import { type TokenReader, TokenRequestsTable } from './token-requests-table'
import { Figure } from './usage-figures'
import { SPAN_WORDS } from './usage-words'

export type RequestsCardProps = {
  rows: readonly RequestRow[]
  /** Of the days that are compared, and of those that they are compared with. */
  now: readonly RequestRow[]
  before: readonly RequestRow[]
  comparison: Comparison | null
  shown: ShownSpans
  tokens: readonly TokenRequests[]
  reader: TokenReader
  /** Spans in which a billing period begins. */
  marks: ReadonlySet<number>
  /** Days for which calls are kept. */
  keptDays: number
  tenant: string
  publicUrl: string
}

/** Requests of programs: figures, bars, and the same as a table with what failed. */
export function RequestsCard(props: RequestsCardProps) {
  const { rows, shown, tokens, reader, marks, tenant, publicUrl } = props
  const { span } = shown
  const totals = totalRequests(rows)
  const spans = requestSpans(rows, shown)
  const label = `Requests by ${SPAN_WORDS[span].toLowerCase()}, API and connectors`
  if (allRequests(totals).requests === 0) {
    return (
      <SectionCard title="Requests">
        <EmptyState
          icon={<ArrowLeftRight />}
          framed={false}
          title="No program called the API in this period"
          description="Every call with a token of the organization is counted by itself. This one shows the token."
          actions={
            <CodeBlock
              label="A first call"
              wrap
              className="max-w-full text-left"
              code={`curl "${publicUrl}/v1/tenants/${tenant}/tokens/current" \\\n  -H "Authorization: Bearer $FRUXON_TOKEN"`}
            />
          }
        />
      </SectionCard>
    )
  }
  return (
    <SectionCard
      title="Requests"
      description="Calls with tokens of the organization. A connector’s are those that deliver from outside, invoke MCP tools or test a connector, and whatever a token asks that can do nothing else."
    >
      <div className="flex flex-col gap-5">
        <RequestFigures {...props} />
        <StackedBars label={label} unit="count" {...requestChart(spans, span, marks)} />
        <details className="group">
          <summary className="w-fit rounded-sm text-muted text-sm hover:text-ink">
            The same as a table
          </summary>
          <div className="mt-3 max-h-112 overflow-auto rounded-lg border border-subtle">
            <RequestsTable label={label} heading={SPAN_WORDS[span]} spans={spans} totals={totals} />
          </div>
        </details>
        {tokens.length > 0 ? (
          <div className="flex flex-col gap-2">
            <h3 className="font-medium text-ink text-sm">By token</h3>
            <div className="overflow-x-auto rounded-lg border border-subtle">
              <TokenRequestsTable tenant={tenant} tokens={tokens} reader={reader} />
            </div>
            <p className="text-muted text-xs">
              A token leads to each of its calls. Calls, and these sums by token, are kept for{' '}
              {props.keptDays} days.
            </p>
          </div>
        ) : null}
      </div>
    </SectionCard>
  )
}

function RequestFigures({ rows, now, before, comparison }: RequestsCardProps) {
  const [total, present, past] = [rows, now, before].map(totalRequests)
  if (!total || !present || !past) return null
  const all = allRequests(total)
  const tiles = [
    { label: 'API requests', of: (one: typeof total) => one.API.requests, note: null },
    { label: 'Connector requests', of: (one: typeof total) => one.CONNECTOR.requests, note: null },
    {
      label: 'Failed',
      of: (one: typeof total) => allRequests(one).failed,
      note: `${failedShare(all)} of ${amountText('count', all.requests)}`,
    },
  ]
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid grid-cols-3 gap-px overflow-hidden rounded-lg border border-subtle bg-subtle max-sm:grid-cols-1">
        {tiles.map(({ label, of, note }) => (
          <Figure
            key={label}
            label={label}
            unit="count"
            amount={of(total)}
            change={comparison ? percentChange(of(present), of(past)) : null}
            note={note}
          />
        ))}
      </dl>
      <p className="text-muted text-xs">
        Failed requests were answered with a status of 400 or more.
        {comparison
          ? ` Changes compare ${dayRange(comparison.now)} with ${dayRange(comparison.before)}.`
          : ''}
      </p>
    </div>
  )
}
