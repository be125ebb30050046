import type { RequestChannel } from '@/lib/access/request-channel'

/** Requests of one hour or day. */
export interface RequestRow {
  /** Epoch ms at which its hour or day begins. */
  bucket: number
  channel: RequestChannel
  requests: number
  /** Of the requests: those that were answered with 400 or more. */
  failed: number
}

export type RequestTotals = Record<RequestChannel, Pick<RequestRow, 'requests' | 'failed'>>

/** The sums of rows by channel: what a chart, its table and a plan show in all. */
export function totalRequests(rows: readonly RequestRow[]): RequestTotals {
  const totals: RequestTotals = {
    API: { requests: 0, failed: 0 },
    CONNECTOR: { requests: 0, failed: 0 },
  }
  for (const { channel, requests, failed } of rows) {
    totals[channel].requests += requests
    totals[channel].failed += failed
  }
  return totals
}
