import protobuf from 'protobufjs/light.js'
import type { ExportTraceRequest } from '@/lib/usage/otlp-request'

/**
 * The part of opentelemetry/proto/collector/trace/v1 that is read. Fields that are left out are passed over,
 * nested values among them: nothing that a program sends makes the decoder recurse.
 */
const SCHEMA = protobuf.Root.fromJSON({
  nested: {
    ExportTraceServiceRequest: {
      fields: { resourceSpans: { rule: 'repeated', type: 'ResourceSpans', id: 1 } },
    },
    ResourceSpans: {
      fields: {
        resource: { type: 'Resource', id: 1 },
        scopeSpans: { rule: 'repeated', type: 'ScopeSpans', id: 2 },
      },
    },
    Resource: { fields: { attributes: { rule: 'repeated', type: 'KeyValue', id: 1 } } },
    ScopeSpans: { fields: { spans: { rule: 'repeated', type: 'Span', id: 2 } } },
    Span: {
      fields: {
        traceId: { type: 'bytes', id: 1 },
        spanId: { type: 'bytes', id: 2 },
        endTimeUnixNano: { type: 'fixed64', id: 8 },
        attributes: { rule: 'repeated', type: 'KeyValue', id: 9 },
      },
    },
    KeyValue: { fields: { key: { type: 'string', id: 1 }, value: { type: 'AnyValue', id: 2 } } },
    AnyValue: {
      oneofs: { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue'] } },
      fields: {
        stringValue: { type: 'string', id: 1 },
        boolValue: { type: 'bool', id: 2 },
        intValue: { type: 'int64', id: 3 },
        doubleValue: { type: 'double', id: 4 },
      },
    },
    ExportTraceServiceResponse: {
      fields: { partialSuccess: { type: 'ExportTracePartialSuccess', id: 1 } },
    },
    ExportTracePartialSuccess: {
      fields: {
        rejectedSpans: { type: 'int64', id: 1 },
        errorMessage: { type: 'string', id: 2 },
      },
    },
  },
})
const REQUEST = SCHEMA.lookupType('ExportTraceServiceRequest')
const RESPONSE = SCHEMA.lookupType('ExportTraceServiceResponse')

/** Spans that were refused, and why; as OTLP answers it. */
export interface PartialSuccess {
  rejectedSpans: number
  errorMessage: string
}

/** @throws Error where the bytes are no such message */
export function decodeTraceRequest(bytes: Uint8Array): ExportTraceRequest {
  // Times as text: as numbers of nanoseconds they would be too long for the schema of JSON to tell apart.
  const request = REQUEST.toObject(REQUEST.decode(bytes), { longs: String }) as DecodedRequest
  for (const { scopeSpans = [] } of request.resourceSpans ?? []) {
    for (const { spans = [] } of scopeSpans) {
      for (const span of spans)
        Object.assign(span, { traceId: hex(span.traceId), spanId: hex(span.spanId) })
    }
  }
  return request as unknown as ExportTraceRequest
}

interface DecodedRequest {
  resourceSpans?: { scopeSpans?: { spans?: { traceId?: Uint8Array; spanId?: Uint8Array }[] }[] }[]
}

/** Identifiers as JSON has them. */
function hex(id: Uint8Array | undefined): string {
  return id ? Buffer.from(id).toString('hex') : ''
}

/** The whole answer where all was taken is an empty message. */
export function encodeTraceResponse(partialSuccess: PartialSuccess | null): Uint8Array {
  return RESPONSE.encode(partialSuccess ? { partialSuccess } : {}).finish()
}
