import { z } from 'zod'
import type { AttributeValue, ReceivedSpan } from '@/lib/usage/otlp-genai'

/**
 * What metering reads of an ExportTraceServiceRequest, in the names of OTLP/JSON; the protobuf form is decoded
 * into the same. Other fields are passed over: OTLP says that receivers must.
 */
const valueSchema = z.object({
  stringValue: z.string().nullish(),
  boolValue: z.boolean().nullish(),
  // JSON writes 64-bit integers as text; some senders write numbers.
  intValue: z.union([z.string(), z.number()]).nullish(),
  doubleValue: z.number().nullish(),
})

const attributesSchema = z
  .array(z.object({ key: z.string(), value: valueSchema.nullish() }))
  .nullish()

const spanSchema = z.object({
  traceId: z.string().nullish(),
  spanId: z.string().nullish(),
  endTimeUnixNano: z.union([z.string(), z.number()]).nullish(),
  attributes: attributesSchema,
})

export const exportTraceRequestSchema = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes: attributesSchema }).nullish(),
        scopeSpans: z.array(z.object({ spans: z.array(spanSchema).nullish() })).nullish(),
      }),
    )
    .nullish(),
})

export type ExportTraceRequest = z.infer<typeof exportTraceRequestSchema>

const NANOS_A_MS = 1e6

/** All spans of the request, in the order of sending. */
export function spansOf(request: ExportTraceRequest): ReceivedSpan[] {
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) => {
    const resourceAttributes = attributesOf(resource?.attributes)
    return (scopeSpans ?? []).flatMap(({ spans }) =>
      (spans ?? []).map((span) => ({
        traceId: span.traceId?.toLowerCase() ?? '',
        spanId: span.spanId?.toLowerCase() ?? '',
        endedAt: Math.floor(Number(span.endTimeUnixNano ?? 0) / NANOS_A_MS),
        attributes: attributesOf(span.attributes),
        resource: resourceAttributes,
      })),
    )
  })
}

function attributesOf(
  attributes: z.infer<typeof attributesSchema>,
): ReadonlyMap<string, AttributeValue> {
  return new Map(
    (attributes ?? []).map(({ key, value }) => [
      key,
      value?.stringValue ?? value?.intValue ?? value?.doubleValue ?? value?.boolValue ?? null,
    ]),
  )
}
