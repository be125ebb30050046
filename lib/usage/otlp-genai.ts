import { disjoint, NAME_MAX, TOKENS_MAX, type UsageEvent } from '@/lib/usage/usage-event'

/** A value of an attribute; 64-bit integers may come as text. */
export type AttributeValue = string | number | boolean | null

/** What of an OpenTelemetry span metering needs, whatever encoding it came in. */
export interface ReceivedSpan {
  /** Lower-case hex. */
  traceId: string
  spanId: string
  /** Epoch ms of its end: what was used is known only then. */
  endedAt: number
  attributes: ReadonlyMap<string, AttributeValue>
  resource: ReadonlyMap<string, AttributeValue>
}

/** Why a span that says it is a model call is not counted. */
export class UnusableSpan extends Error {}

const SPAN_ID = /^[0-9a-f]{16}$/
const TRACE_ID = /^[0-9a-f]{32}$/

/**
 * The model call that a span tells of (OpenTelemetry GenAI semantic conventions), or null for any other span:
 * an agent or tool span repeats what the calls within it have reported, so only spans that name their own
 * token counts, and are no summary, are usage.
 * @throws UnusableSpan with what to correct
 */
export function usageOfSpan(span: ReceivedSpan): UsageEvent | null {
  const { attributes, resource } = span
  if (!hasCounts(attributes) || SUMMARIES.has(textOf(attributes, 'gen_ai.operation.name')))
    return null
  if (!TRACE_ID.test(span.traceId) || !SPAN_ID.test(span.spanId)) {
    throw new UnusableSpan('The span has no valid trace id and span id.')
  }
  const provider = textOf(attributes, 'gen_ai.provider.name') || textOf(attributes, 'gen_ai.system')
  const model =
    textOf(attributes, 'gen_ai.response.model') || textOf(attributes, 'gen_ai.request.model')
  if (provider === '') throw new UnusableSpan('gen_ai.provider.name is missing.')
  if (model === '') {
    throw new UnusableSpan('gen_ai.response.model and gen_ai.request.model are both missing.')
  }
  return {
    id: span.spanId,
    source: `trace/${span.traceId}`,
    occurredAt: span.endedAt,
    origin: textOf(attributes, 'fruxon.origin').toUpperCase() === 'TEST' ? 'TEST' : 'PRODUCTION',
    provider,
    model,
    agent: textOf(attributes, 'gen_ai.agent.id') || textOf(attributes, 'gen_ai.agent.name'),
    revision:
      textOf(attributes, 'gen_ai.agent.version') || textOf(attributes, 'fruxon.agent.revision'),
    environment:
      textOf(attributes, 'deployment.environment.name') ||
      textOf(resource, 'deployment.environment.name') ||
      textOf(resource, 'deployment.environment'),
    tokens: disjoint({
      inputTokens: countOf(attributes, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'),
      cacheReadTokens: countOf(
        attributes,
        'gen_ai.usage.cache_read.input_tokens',
        'gen_ai.usage.cache_read_input_tokens',
      ),
      cacheWriteTokens: countOf(
        attributes,
        'gen_ai.usage.cache_creation.input_tokens',
        'gen_ai.usage.cache_creation_input_tokens',
      ),
      cacheWrite1hTokens: 0,
      inputAudioTokens: 0,
      outputTokens: countOf(
        attributes,
        'gen_ai.usage.output_tokens',
        'gen_ai.usage.completion_tokens',
      ),
      reasoningTokens: countOf(attributes, 'gen_ai.usage.reasoning.output_tokens'),
      outputAudioTokens: 0,
    }),
  }
}

/** Operations whose counts are the sums of model calls that have spans of their own. */
const SUMMARIES: ReadonlySet<string> = new Set([
  'invoke_agent',
  'create_agent',
  'execute_tool',
  'invoke_workflow',
])

const COUNTS = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.completion_tokens',
]

function hasCounts(attributes: ReceivedSpan['attributes']): boolean {
  return COUNTS.some((key) => attributes.has(key))
}

function textOf(attributes: ReceivedSpan['attributes'], key: string): string {
  const value = attributes.get(key)
  if (value === undefined || value === null) return ''
  const text = String(value).trim()
  if (text.length > NAME_MAX)
    throw new UnusableSpan(`${key} is longer than ${NAME_MAX} characters.`)
  return text
}

/** The first of the names that is there: the present name, then older ones. */
function countOf(attributes: ReceivedSpan['attributes'], ...keys: string[]): number {
  const key = keys.find((candidate) => attributes.has(candidate))
  if (key === undefined) return 0
  const count = Number(attributes.get(key))
  if (!Number.isInteger(count) || count < 0 || count > TOKENS_MAX) {
    throw new UnusableSpan(`${key} is not a number of tokens.`)
  }
  return count
}
