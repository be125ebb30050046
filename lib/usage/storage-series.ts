import { INTERVAL_MS } from '@/lib/usage/series'

/** What was reported of a knowledge base on one day. */
export interface StorageReport {
  knowledgeBase: string
  /** Epoch ms at which the UTC day begins. */
  day: number
  /** By the latest measurement of the day. */
  lastBytes: number
  maxBytes: number
}

/** What a knowledge base held on one day. */
export interface StorageRow {
  knowledgeBase: string
  /** Epoch ms at which the UTC day begins. */
  bucket: number
  /** At the end of the day, or now. */
  bytes: number
  /** The most that it held on the day. */
  peakBytes: number
  /** False where nothing was reported on the day, so that it still holds what it held before. */
  isMeasured: boolean
}

/**
 * A level for every day from the first report on, up to the end of the range or the day of `now`: what was not
 * measured again is still there. Knowledge bases that held nothing all the time are left out.
 * @param reports of the range, and of each knowledge base the last one before it; by knowledge base and day
 */
export function carriedForward(
  reports: readonly StorageReport[],
  range: { from: number; to: number },
  now: number,
): StorageRow[] {
  const end = Math.min(range.to, now + 1)
  const byBase = new Map<string, StorageReport[]>()
  for (const report of reports) {
    const known = byBase.get(report.knowledgeBase)
    if (known) known.push(report)
    else byBase.set(report.knowledgeBase, [report])
  }
  return [...byBase.values()]
    .map((ofBase) => levelsOf(ofBase, range.from, end))
    .filter((levels) => levels.some(({ peakBytes }) => peakBytes > 0))
    .flat()
}

function levelsOf(reports: readonly StorageReport[], from: number, end: number): StorageRow[] {
  const rows: StorageRow[] = []
  let held = 0
  for (const [index, report] of reports.entries()) {
    const { knowledgeBase, lastBytes, maxBytes } = report
    const next = Math.min(reports[index + 1]?.day ?? end, end)
    for (let bucket = report.day; bucket < next; bucket += INTERVAL_MS.DAY) {
      const isMeasured = bucket === report.day
      const peakBytes = isMeasured ? Math.max(maxBytes, held) : lastBytes
      if (bucket >= from)
        rows.push({ knowledgeBase, bucket, bytes: lastBytes, peakBytes, isMeasured })
    }
    held = lastBytes
  }
  return rows
}
