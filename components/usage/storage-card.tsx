import { Database } from 'lucide-react'
import { StackedBars } from '@/components/charts/stacked-bars'
import { SectionCard } from '@/components/settings/section-card'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import type { Span } from '@/lib/usage/series'
import type { StorageHistory } from '@/lib/usage/storage'
import { baseHistories, storageChart } from './storage-chart'
import { StorageHistoryTable, StorageTable } from './storage-tables'
import { SPAN_WORDS } from './usage-words'

export type StorageCardProps = {
  history: StorageHistory
  /** Never hours: a level is told by the day. */
  span: Span
  starts: readonly number[]
  /** Epoch ms. */
  now: number
  tenant: string
  publicUrl: string
}

/** What knowledge bases hold: a level over time, and each of them now. */
export function StorageCard({ history, span, starts, now, tenant, publicUrl }: StorageCardProps) {
  const histories = baseHistories(history.levels, starts, span)
  if (histories.length === 0 && history.present.length === 0) {
    return (
      <SectionCard title="Storage">
        <EmptyState
          icon={<Database />}
          framed={false}
          title="No knowledge base was measured yet"
          description="Report how many bytes each one holds, as often as you like, with a token that may write traces. It counts until the next report; 0 says that it was deleted."
          actions={
            <CodeBlock
              label="Report of a knowledge base"
              wrap
              className="max-w-full text-left"
              code={exampleReport(publicUrl, tenant, now)}
            />
          }
        />
      </SectionCard>
    )
  }
  const label = `Storage by ${SPAN_WORDS[span].toLowerCase()} and knowledge base`
  return (
    <SectionCard
      title="Storage"
      description="What knowledge bases hold, by their latest report of each day. A level is never added up over days."
      flush
    >
      <div className="flex flex-col gap-5 p-5">
        <StackedBars label={label} unit="bytes" {...storageChart(histories, starts, span)} />
        <details className="group">
          <summary className="w-fit rounded-sm text-muted text-sm hover:text-ink">
            The same as a table
          </summary>
          <div className="mt-3 max-h-112 overflow-auto rounded-lg border border-subtle">
            <StorageHistoryTable label={label} histories={histories} starts={starts} span={span} />
          </div>
        </details>
      </div>
      <div className="border-subtle border-t">
        <StorageTable histories={histories} present={history.present} now={now} />
      </div>
    </SectionCard>
  )
}

function exampleReport(publicUrl: string, tenant: string, now: number): string {
  const time = new Date(now).toISOString()
  return `curl -X POST "${publicUrl}/v1/tenants/${tenant}/usageEvents:ingest" \\
  -H "Authorization: Bearer $FRUXON_TOKEN" -H "Content-Type: application/json" \\
  -d '[{"specversion": "1.0", "id": "1", "source": "storage", "type": "com.fruxon.usage.storage", "time": "${time}", "data": {"knowledgeBase": "manuals", "bytes": 1048576}}]'`
}
