import { unpacked } from '@/app/v1/_api/content-encoding'
import { parseJson } from '@/app/v1/_api/json-body'
import { ProblemError, problem } from '@/app/v1/_api/problem'
import type { Reply } from '@/app/v1/_api/reply'
import type { EncodedBody } from '@/app/v1/_api/request-body'
import {
  decodeTraceRequest,
  encodeTraceResponse,
  type PartialSuccess,
} from '@/lib/usage/otlp-protobuf'
import { type ExportTraceRequest, exportTraceRequestSchema } from '@/lib/usage/otlp-request'

export type OtlpEncoding = 'json' | 'protobuf'

/** Bytes, also after unpacking: what exporters send in one go is far smaller. */
export const OTLP_MAX_BYTES = 8 * 1024 * 1024

const CONTENT_TYPES: Record<OtlpEncoding, string> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
}

export interface OtlpBody {
  encoding: OtlpEncoding
  request: ExportTraceRequest
}

/**
 * An ExportTraceServiceRequest in either encoding of OTLP/HTTP, packed with gzip or not.
 * @throws ProblemError 400 | 413 | 415, ZodError
 */
export async function readOtlp({ bytes, headers }: EncodedBody): Promise<OtlpBody> {
  const encoding = encodingOf(headers.get('content-type'))
  const plain = await unpacked(bytes, headers.get('content-encoding'), OTLP_MAX_BYTES)
  if (encoding === 'json') {
    return { encoding, request: exportTraceRequestSchema.parse(parseJson(utf8(plain))) }
  }
  try {
    return { encoding, request: exportTraceRequestSchema.parse(decodeTraceRequest(plain)) }
  } catch {
    throw new ProblemError(
      problem('invalid_request', 'The body is no ExportTraceServiceRequest in protobuf.'),
    )
  }
}

function encodingOf(type: string | null): OtlpEncoding {
  const essence = type?.split(';')[0]?.trim().toLowerCase()
  for (const encoding of ['json', 'protobuf'] as const) {
    if (essence === CONTENT_TYPES[encoding]) return encoding
  }
  const accepted = Object.values(CONTENT_TYPES).join(', ')
  throw new ProblemError(
    problem('unsupported_media_type', `Send the spans with a Content-Type of ${accepted}.`, {
      headers: { Accept: accepted },
    }),
  )
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ProblemError(problem('malformed_json', 'The body is not UTF-8.'))
  }
}

/** An ExportTraceServiceResponse in the encoding of its request, as OTLP wants it. */
export function otlpReply(encoding: OtlpEncoding, partialSuccess: PartialSuccess | null): Reply {
  return {
    status: 200,
    body:
      encoding === 'json'
        ? JSON.stringify(partialSuccess ? { partialSuccess } : {})
        : encodeTraceResponse(partialSuccess),
    headers: { 'Content-Type': CONTENT_TYPES[encoding] },
  }
}
