import { z } from 'zod'
import type { StorageReading } from '@/lib/usage/store-storage'
import {
  disjoint,
  NAME_MAX,
  reportedTokensSchema,
  type UsageEvent,
  usageNamesSchema,
} from '@/lib/usage/usage-event'

export const MODEL_CALL_TYPE = 'com.fruxon.usage.model-call'
/** A gauge: how many bytes a knowledge base holds at `time`; 0 where it was deleted. */
export const STORAGE_TYPE = 'com.fruxon.usage.storage'

const modelCallDataSchema = z.strictObject({
  ...usageNamesSchema,
  ...reportedTokensSchema.shape,
})

/** A petabyte and more: sums of many stay exact. */
const BYTES_MAX = 1e15

const storageDataSchema = z.strictObject({
  // Half a character could be kept nowhere.
  knowledgeBase: z
    .string()
    .min(1)
    .max(NAME_MAX)
    .regex(/^\P{Surrogate}*$/u, 'This is not well-formed Unicode.'),
  bytes: z.int().min(0).max(BYTES_MAX),
})

/** Extension attributes, which any hop may add, are passed over. */
const attributes = {
  specversion: z.literal('1.0', 'Send CloudEvents of specversion 1.0.'),
  id: z.string().min(1).max(NAME_MAX),
  source: z.string().min(1).max(NAME_MAX),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json').optional(),
}

/**
 * A model call, or what a knowledge base holds, as a CloudEvent 1.0. Unknown fields of `data` are refused: a
 * misspelled count would be lost without a word.
 */
export const usageCloudEventSchema = z.discriminatedUnion(
  'type',
  [
    z.object({ ...attributes, type: z.literal(MODEL_CALL_TYPE), data: modelCallDataSchema }),
    z.object({ ...attributes, type: z.literal(STORAGE_TYPE), data: storageDataSchema }),
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? `The type of a model call is ${MODEL_CALL_TYPE}, that of a measured knowledge base ${STORAGE_TYPE}.`
        : undefined,
  },
)

export type UsageCloudEvent = z.infer<typeof usageCloudEventSchema>
export type ModelCallEvent = Extract<UsageCloudEvent, { type: typeof MODEL_CALL_TYPE }>
export type StorageEvent = Extract<UsageCloudEvent, { type: typeof STORAGE_TYPE }>

export function usageOfCloudEvent({ id, source, time, data }: ModelCallEvent): UsageEvent {
  const { origin, provider, model, agent, revision, environment, ...reported } = data
  return {
    kind: 'MODEL_CALL',
    id,
    source,
    occurredAt: Date.parse(time),
    origin,
    provider,
    model,
    agent,
    revision,
    environment,
    tokens: disjoint(reported),
  }
}

export function readingOfCloudEvent({ id, source, time, data }: StorageEvent): StorageReading {
  return { id, source, measuredAt: Date.parse(time), ...data }
}
