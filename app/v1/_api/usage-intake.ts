import { z } from 'zod'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { OTLP_MAX_BYTES, type OtlpBody, otlpReply, readOtlp } from '@/app/v1/_api/otlp'
import { fieldErrors } from '@/app/v1/_api/problem'
import { json } from '@/app/v1/_api/reply'
import type { FieldError } from '@/lib/errors'
import { runtime } from '@/lib/runtime'
import {
  MODEL_CALL_TYPE,
  type ModelCallEvent,
  readingOfCloudEvent,
  STORAGE_TYPE,
  type StorageEvent,
  type UsageCloudEvent,
  usageCloudEventSchema,
  usageOfCloudEvent,
} from '@/lib/usage/cloud-event'
import { type IngestOutcome, ingestUsage } from '@/lib/usage/ingest'
import { ingestSpans, type SpanOutcome } from '@/lib/usage/ingest-spans'
import { ingestStorage } from '@/lib/usage/ingest-storage'
import type { PartialSuccess } from '@/lib/usage/otlp-protobuf'
import { exportTraceRequestSchema, spansOf } from '@/lib/usage/otlp-request'

const TAG = 'Usage intake'
const EVENTS_MAX = 1000
const EVENTS_MAX_BYTES = 2 * 1024 * 1024
/** Of the batched and the structured mode of CloudEvents over HTTP; the latter is one event. */
const CLOUD_EVENTS_TYPES = ['application/cloudevents-batch+json', 'application/cloudevents+json']

function isObject(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

const exportResponseSchema = z.object({
  partialSuccess: z
    .object({
      rejectedSpans: z.int().describe('Model calls that were not counted.'),
      errorMessage: z.string().describe('Why, for the first of them.'),
    })
    .optional(),
})

const outcomeSchema = z.object({
  accepted: z.int().describe('Events that were new. They are stored for good.'),
  duplicates: z
    .int()
    .describe('Events whose source and id were counted before: nothing was added.'),
  rejected: z
    .array(
      z.object({
        index: z.int().describe('Its place in what was sent, from 0 on.'),
        errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
      }),
    )
    .describe('Events that were not counted, and why. The others were.'),
})

export const USAGE_INTAKE_OPERATIONS = [
  operation({
    id: 'exportTraces',
    tag: TAG,
    method: 'post',
    path: `${TENANT_PREFIX}/traces`,
    summary: 'Send OpenTelemetry spans',
    description:
      'OTLP/HTTP, in protobuf or JSON, packed with gzip or not: point any OpenTelemetry exporter here. Spans with gen_ai.usage attributes are counted as model calls, each once by its trace and span id; other spans are taken and not counted. What cannot be counted is named in partialSuccess.',
    scope: 'traces:write',
    body: {
      encoded: { maxBytes: OTLP_MAX_BYTES, read: readOtlp },
      contentTypes: ['application/x-protobuf', 'application/json'],
      documented: exportTraceRequestSchema,
      required: true,
    },
    success: {
      status: 200,
      description: 'An ExportTraceServiceResponse, in the encoding of the request.',
      schema: exportResponseSchema,
      contentTypes: ['application/x-protobuf', 'application/json'],
    },
    run: async (call) => {
      const { encoding, request } = call.body as OtlpBody
      const outcome = await ingestSpans(call.ctx, runtime().meter, spansOf(request))
      return otlpReply(encoding, partialSuccessOf(outcome))
    },
  }),
  operation({
    id: 'ingestUsageEvents',
    tag: TAG,
    method: 'post',
    path: `${TENANT_PREFIX}/usageEvents:ingest`,
    summary: 'Report model calls and storage',
    description: `A list of up to ${EVENTS_MAX} CloudEvents 1.0, or one: model calls, and how many bytes knowledge bases hold (0 where one was deleted). Each is counted once by its source and id, so send again whatever was not acknowledged. Of readings of a knowledge base the latest by its time is the level of a day, whichever comes first. Good events are counted although others are rejected.`,
    scope: 'traces:write',
    body: {
      schema: z.array(z.unknown()).min(1).max(EVENTS_MAX),
      documented: z.array(usageCloudEventSchema).min(1).max(EVENTS_MAX),
      maxBytes: EVENTS_MAX_BYTES,
      oneByOne: true,
      jsonTypes: CLOUD_EVENTS_TYPES,
      translate: (raw) => (isObject(raw) ? [raw] : raw),
      required: true,
    },
    success: { status: 200, description: 'What became of the events.', schema: outcomeSchema },
    run: async (call) => {
      const { good, rejected } = sorted(call.body)
      const calls = good.filter(ofModelCalls)
      const readings = good.filter(ofStorage)
      const { meter } = runtime()
      const counted = await ingestUsage(
        call.ctx,
        meter,
        calls.map(({ event }) => usageOfCloudEvent(event)),
      )
      const kept = await ingestStorage(
        call.ctx,
        meter,
        readings.map(({ event }) => readingOfCloudEvent(event)),
      )
      return json({
        accepted: counted.counted + kept.counted,
        duplicates: counted.duplicates + kept.duplicates,
        rejected: [...rejected, ...refusedOf(calls, counted), ...refusedOf(readings, kept)].sort(
          (one, other) => one.index - other.index,
        ),
      })
    },
  }),
]

/** Reasons that fit into an answer; the number tells how many there are. */
const REASONS_SHOWN = 5

function partialSuccessOf({ refusals }: SpanOutcome): PartialSuccess | null {
  if (refusals.length === 0) return null
  const reasons = refusals
    .slice(0, REASONS_SHOWN)
    .map(({ spanId, detail }) => `${spanId}: ${detail}`)
  return { rejectedSpans: refusals.length, errorMessage: reasons.join(' ') }
}

/** An event with its place in what was sent. */
interface Placed<Event> {
  index: number
  event: Event
}

interface Rejected {
  index: number
  errors: FieldError[]
}

function sorted(events: readonly unknown[]) {
  const good: Placed<UsageCloudEvent>[] = []
  const rejected: Rejected[] = []
  events.forEach((sent, index) => {
    const read = usageCloudEventSchema.safeParse(sent)
    if (read.success) good.push({ index, event: read.data })
    else rejected.push({ index, errors: fieldErrors(read.error) })
  })
  return { good, rejected }
}

function ofModelCalls(placed: Placed<UsageCloudEvent>): placed is Placed<ModelCallEvent> {
  return placed.event.type === MODEL_CALL_TYPE
}

function ofStorage(placed: Placed<UsageCloudEvent>): placed is Placed<StorageEvent> {
  return placed.event.type === STORAGE_TYPE
}

function refusedOf(events: readonly Placed<unknown>[], { refused }: IngestOutcome): Rejected[] {
  return refused.map(({ index, pointer, detail }) => ({
    index: events[index]?.index ?? index,
    errors: [{ pointer, detail }],
  }))
}
