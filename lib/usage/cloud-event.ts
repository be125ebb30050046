import { z } from 'zod'
import {
  disjoint,
  NAME_MAX,
  reportedTokensSchema,
  type UsageEvent,
  usageNamesSchema,
} from '@/lib/usage/usage-event'

export const MODEL_CALL_TYPE = 'com.fruxon.usage.model-call'

const modelCallDataSchema = z.strictObject({
  ...usageNamesSchema,
  ...reportedTokensSchema.shape,
})

/**
 * A model call as a CloudEvent 1.0. Extension attributes, which any hop may add, are passed over; unknown
 * fields of `data` are refused: a misspelled count would be lost without a word.
 */
export const modelCallEventSchema = z.object({
  specversion: z.literal('1.0', 'Send CloudEvents of specversion 1.0.'),
  id: z.string().min(1).max(NAME_MAX),
  source: z.string().min(1).max(NAME_MAX),
  type: z.literal(MODEL_CALL_TYPE, `The type of a model call is ${MODEL_CALL_TYPE}.`),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json').optional(),
  data: modelCallDataSchema,
})

export type ModelCallEvent = z.infer<typeof modelCallEventSchema>

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
