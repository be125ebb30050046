import type { Context } from '@/lib/context'
import { ingestUsage, type UsageMeter } from '@/lib/usage/ingest'
import { type ReceivedSpan, UnusableSpan, usageOfSpan } from '@/lib/usage/otlp-genai'
import type { UsageEvent } from '@/lib/usage/usage-event'

export interface SpanOutcome {
  /** Model calls that were new. Spans of other things are taken and tell nothing. */
  counted: number
  /** Model calls that could not be counted, each with its reason. */
  refusals: { spanId: string; detail: string }[]
}

/**
 * Counts the model calls among OpenTelemetry spans; the good ones although others are refused.
 * @throws DomainError forbidden without traces:write, and for people
 */
export async function ingestSpans(
  ctx: Context,
  meter: UsageMeter,
  spans: readonly ReceivedSpan[],
): Promise<SpanOutcome> {
  const refusals: SpanOutcome['refusals'] = []
  const events: UsageEvent[] = []
  for (const span of spans) {
    try {
      const event = usageOfSpan(span)
      if (event) events.push(event)
    } catch (error) {
      if (!(error instanceof UnusableSpan)) throw error
      refusals.push({ spanId: span.spanId, detail: error.message })
    }
  }
  const { counted, refused } = await ingestUsage(ctx, meter, events)
  for (const { index, detail } of refused) {
    refusals.push({ spanId: events[index]?.id ?? '', detail })
  }
  return { counted, refusals }
}
