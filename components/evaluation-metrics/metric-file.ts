import type { takeFile } from '@/app/[tenant]/settings/evaluation-metrics/metric-actions'
import type { PlannedMetric } from '@/lib/evaluation-metrics/transfer-plan'

/** A file that somebody chose: the server says whether its content is right. */

type Content = Parameters<typeof takeFile>[1]
export type ReadFile = { ok: true; content: Content } | { ok: false; complaint: string }

/** Below what a server action takes. */
const BYTES_MAX = 900 * 1024

export async function readMetricFile(file: Pick<File, 'size' | 'text'>): Promise<ReadFile> {
  if (file.size > BYTES_MAX) return { ok: false, complaint: 'The file is larger than 900 KB.' }
  try {
    const content: unknown = JSON.parse(await file.text())
    if (typeof content !== 'object' || content === null || !('metrics' in content)) {
      return { ok: false, complaint: 'There are no metrics in this file.' }
    }
    return { ok: true, content: content as Content }
  } catch {
    return { ok: false, complaint: 'This is not a JSON file.' }
  }
}

export function countsOf(planned: readonly PlannedMetric[]) {
  const count = (outcome: PlannedMetric['outcome']) =>
    planned.filter((metric) => metric.outcome === outcome).length
  return { created: count('CREATED'), changed: count('CHANGED'), skipped: count('SKIPPED') }
}
