/** What bench/load-generator.ts asks of its process (bench/load.ts), and what it gets back. */

export interface LoadJob {
  port: number
  connections: number
  /** Whole HTTP/1.1 requests, sent in this order. */
  requests: string[]
  /** For so long, starting over after the last request; or each request once, however long it takes. */
  until: { afterMs: number } | 'all-sent'
}

export interface LoadResult {
  /** Answers received, and the wall time from the first request to the last answer. */
  answers: number
  elapsedMs: number
  /** Answers by status code. */
  statuses: Record<string, number>
  /** One for each answer, in the order of arrival. Sent back for small jobs only. */
  samplesMs: number[] | null
  p50Ms: number
  p99Ms: number
}

/** Jobs with more answers than this send back percentiles only. */
export const SAMPLES_KEPT = 5000
