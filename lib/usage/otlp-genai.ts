import type { TokenCounts } from '@/lib/model-pricing/token-kinds'
import { disjoint, NAME_MAX, NO_TOKENS, TOKENS_MAX, type UsageEvent } from '@/lib/usage/usage-event'

/** A value of an attribute; 64-bit integers may come as text. */
export type AttributeValue = string | number | boolean | null

type Attributes = ReadonlyMap<string, AttributeValue>

/** What of an OpenTelemetry span metering needs, whatever encoding it came in. */
export interface ReceivedSpan {
  /** Lower-case hex. */
  traceId: string
  spanId: string
  /** Epoch ms of its end: what was used is known only then. */
  endedAt: number
  attributes: Attributes
  resource: Attributes
}

/** Why a span that says it is a model call is not counted. */
export class UnusableSpan extends Error {}

const SPAN_ID = /^[0-9a-f]{16}$/
const TRACE_ID = /^[0-9a-f]{32}$/

/**
 * What a span tells of (OpenTelemetry GenAI semantic conventions): a model call, or a run of an agent. Null for
 * any other span. The spans of runs and tools repeat the token counts of the calls within them, which have
 * spans of their own: only those of calls count.
 * @throws UnusableSpan with what to correct
 */
export function usageOfSpan(span: ReceivedSpan): UsageEvent | null {
  const operation = textOf(span.attributes, 'gen_ai.operation.name')
  if (operation === 'invoke_agent') {
    return { kind: 'EXECUTION', ...identityOf(span), provider: '', model: '', tokens: NO_TOKENS }
  }
  if (NO_CALLS.has(operation) || !hasCounts(span.attributes)) return null
  return {
    kind: 'MODEL_CALL',
    ...identityOf(span),
    ...modelOf(span.attributes),
    tokens: tokensOf(span.attributes),
  }
}

/** Operations that are no model calls, whatever counts their spans carry. */
const NO_CALLS: ReadonlySet<string> = new Set(['create_agent', 'execute_tool', 'invoke_workflow'])

function identityOf({ traceId, spanId, endedAt, attributes, resource }: ReceivedSpan) {
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) {
    throw new UnusableSpan('The span has no valid trace id and span id.')
  }
  /** On the span, or on all of the process. */
  const told = (...keys: string[]) => firstText(attributes, ...keys) || firstText(resource, ...keys)
  return {
    id: spanId,
    source: `trace/${traceId}`,
    occurredAt: endedAt,
    origin:
      told('fruxon.origin').toUpperCase() === 'TEST' ? ('TEST' as const) : ('PRODUCTION' as const),
    agent: told('gen_ai.agent.id', 'gen_ai.agent.name'),
    revision: told('gen_ai.agent.version', 'fruxon.agent.revision'),
    environment: told('deployment.environment.name', 'deployment.environment'),
  }
}

function modelOf(attributes: Attributes) {
  const provider = firstText(attributes, 'gen_ai.provider.name', 'gen_ai.system')
  const model = firstText(attributes, 'gen_ai.response.model', 'gen_ai.request.model')
  if (provider === '') throw new UnusableSpan('gen_ai.provider.name is missing.')
  if (model === '') {
    throw new UnusableSpan('gen_ai.response.model and gen_ai.request.model are both missing.')
  }
  return { provider, model }
}

function tokensOf(attributes: Attributes): TokenCounts {
  return disjoint({
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
  })
}

const COUNTS = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.completion_tokens',
]

function hasCounts(attributes: Attributes): boolean {
  return COUNTS.some((key) => attributes.has(key))
}

/** The first of the names that says anything: the present name, then older ones. */
function firstText(attributes: Attributes, ...keys: string[]): string {
  for (const key of keys) {
    const text = textOf(attributes, key)
    if (text !== '') return text
  }
  return ''
}

function textOf(attributes: Attributes, key: string): string {
  const value = attributes.get(key)
  if (value === undefined || value === null) return ''
  const text = String(value).trim()
  if (text.length > NAME_MAX)
    throw new UnusableSpan(`${key} is longer than ${NAME_MAX} characters.`)
  // No database text can hold it: the whole batch would fail, and be sent again for ever.
  if (text.includes('\0')) throw new UnusableSpan(`${key} has a NUL character.`)
  return text
}

/** Of the first name that is there. */
function countOf(attributes: Attributes, ...keys: string[]): number {
  const key = keys.find((candidate) => attributes.has(candidate))
  if (key === undefined) return 0
  const count = Number(attributes.get(key))
  if (!Number.isInteger(count) || count < 0 || count > TOKENS_MAX) {
    throw new UnusableSpan(`${key} is not a number of tokens.`)
  }
  return count
}
