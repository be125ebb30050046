import { changeWords, partRateWords, partWords } from '@/components/model-pricing/rate-words'
import { Badge, type Tone } from '@/components/ui/badge'
import { AbsoluteTime } from '@/components/ui/relative-time'
import type { PriceHistoryRow } from '@/lib/model-pricing/price-history'
import { type RateChange, rateChanges } from '@/lib/model-pricing/rate-changes'

const STATES: Record<PriceHistoryRow['state'], { label: string; tone: Tone }> = {
  standing: { label: 'Stands now', tone: 'success' },
  past: { label: 'Past', tone: 'neutral' },
  future: { label: 'Will follow', tone: 'warning' },
}

/** Dated rows of one price, newest first, each with what it changed. */
export function PriceHistory({ rows }: { rows: readonly PriceHistoryRow[] }) {
  return (
    <ol className="flex flex-col divide-y divide-subtle rounded-lg border border-subtle">
      {rows.map((row, place) => (
        <HistoryRow key={row.id} row={row} before={previousOf(row, rows.slice(place + 1))} />
      ))}
    </ol>
  )
}

/** The row that this one took the place of: an own price follows own prices, a list price list prices. */
function previousOf(row: PriceHistoryRow, older: readonly PriceHistoryRow[]) {
  return older.find((other) => other.own === row.own && other.agent === row.agent)
}

type HistoryRowProps = { row: PriceHistoryRow; before: PriceHistoryRow | undefined }

function HistoryRow({ row, before }: HistoryRowProps) {
  const { label, tone } = STATES[row.state]
  return (
    <li className="flex flex-col gap-2 px-3 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">
          {row.validFrom === null ? 'From the beginning' : <AbsoluteTime at={row.validFrom} />}
        </span>
        <Badge tone={tone}>{label}</Badge>
        <Badge tone={row.own ? 'accent' : 'neutral'} outline>
          {row.own ? 'Own price' : 'List price'}
        </Badge>
        {row.agent === null ? null : <span className="text-muted">for the agent {row.agent}</span>}
      </div>
      <Changes row={row} before={before} />
      <p className="text-muted text-xs">Source: {row.source}</p>
    </li>
  )
}

function Changes({ row, before }: HistoryRowProps) {
  if (row.rates === null) {
    return <p className="text-muted">The own price ended: the list price counts again.</p>
  }
  const changes = rateChanges(before?.rates ?? null, row.rates)
  if (changes.length === 0) {
    return <p className="text-muted">The same rates as before; other facts of the model changed.</p>
  }
  return (
    <ul className="flex flex-col gap-1 tabular-nums">
      {changes.map((change) => (
        <li key={partWords(change)} className="flex flex-wrap justify-between gap-x-4">
          <span className="text-muted">{partWords(change)}</span>
          <Change change={change} first={!before?.rates} />
        </li>
      ))}
    </ul>
  )
}

function Change({ change, first }: { change: RateChange; first: boolean }) {
  const { before, after } = change
  const words = (rate: number | null) => (rate === null ? 'none' : partRateWords(change, rate))
  if (first) return <span>{words(after)}</span>
  const percent = changeWords(before, after)
  return (
    <span>
      {words(before)} <span aria-hidden>→</span>
      <span className="sr-only"> now </span> {words(after)}
      {percent === null ? null : <span className="ml-2 text-muted">{percent}</span>}
    </span>
  )
}
