import { describe, expect, it } from 'vitest'
import {
  type AttributeValue,
  type ReceivedSpan,
  UnusableSpan,
  usageOfSpan,
} from '@/lib/usage/otlp-genai'
import { NO_TOKENS } from '@/lib/usage/usage-event'

function span(
  attributes: Record<string, AttributeValue>,
  traits: Partial<ReceivedSpan> = {},
): ReceivedSpan {
  return {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    endedAt: 1_795_000_000_000,
    attributes: new Map(Object.entries(attributes)),
    resource: new Map(),
    ...traits,
  }
}

const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'anthropic',
  'gen_ai.request.model': 'claude-opus-latest',
  'gen_ai.response.model': 'claude-opus-4-6',
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.output_tokens': '20',
}
const tokensOf = (more: Record<string, AttributeValue>) =>
  usageOfSpan(span({ ...CALL, ...more }))?.tokens

describe('a span of a model call', () => {
  it('is named by its trace and itself, and by the model that answered', () => {
    expect(usageOfSpan(span({ ...CALL, 'gen_ai.agent.id': 'support' }))).toEqual({
      kind: 'MODEL_CALL',
      id: 'b'.repeat(16),
      source: `trace/${'a'.repeat(32)}`,
      occurredAt: 1_795_000_000_000,
      origin: 'PRODUCTION',
      provider: 'anthropic',
      model: 'claude-opus-4-6',
      agent: 'support',
      revision: '',
      environment: '',
      tokens: { ...NO_TOKENS, input: 100, output: 20 },
    })
  })

  it('has what all of its process has', () => {
    const resource = new Map([
      ['deployment.environment.name', 'staging'],
      ['fruxon.origin', 'test'],
      ['gen_ai.agent.name', 'of the process'],
    ])
    const told = usageOfSpan(span({ ...CALL, 'gen_ai.agent.version': '7' }, { resource }))
    expect(told).toMatchObject({
      environment: 'staging',
      origin: 'TEST',
      agent: 'of the process',
      revision: '7',
    })
  })

  it('has its parts taken out of its totals', () => {
    const parts = {
      'gen_ai.usage.cache_read.input_tokens': 30,
      'gen_ai.usage.cache_creation.input_tokens': 50,
      'gen_ai.usage.reasoning.output_tokens': 15,
    }
    expect(tokensOf(parts)).toEqual({
      ...NO_TOKENS,
      input: 20,
      cacheRead: 30,
      cacheWrite: 50,
      output: 5,
      reasoning: 15,
    })
  })

  it('that reports more cached than input has the input beside it', () => {
    expect(tokensOf({ 'gen_ai.usage.cache_read.input_tokens': 400 })).toMatchObject({
      input: 100,
      cacheRead: 400,
    })
  })

  it('is understood by the names of older instrumentations', () => {
    const { 'gen_ai.provider.name': _, ...rest } = CALL
    const old = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.prompt_tokens': 7,
      'gen_ai.usage.completion_tokens': 3,
    }
    expect(usageOfSpan(span(old))).toMatchObject({
      provider: 'openai',
      model: 'gpt-4o',
      tokens: { input: 7, output: 3 },
    })
    expect(() => usageOfSpan(span(rest))).toThrow(UnusableSpan)
  })

  it.each([
    ['no model', { 'gen_ai.request.model': '', 'gen_ai.response.model': ' ' }, {}, /model/],
    ['a negative count', { 'gen_ai.usage.input_tokens': -1 }, {}, /input_tokens/],
    ['a broken count', { 'gen_ai.usage.output_tokens': 'many' }, {}, /output_tokens/],
    ['an endless name', { 'gen_ai.agent.id': 'x'.repeat(201) }, {}, /gen_ai.agent.id/],
    ['no span id', {}, { spanId: '' }, /span id/],
  ])('with %s is refused, and says why', (_name, more, traits, reason) => {
    expect(() => usageOfSpan(span({ ...CALL, ...more }, traits))).toThrow(reason)
  })
})

describe('a span of something else', () => {
  it('is a run of the agent where it invokes one, without the tokens of the calls within', () => {
    const run = span({
      ...CALL,
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.id': 'support',
    })
    expect(usageOfSpan(run)).toMatchObject({
      kind: 'EXECUTION',
      agent: 'support',
      provider: '',
      model: '',
      tokens: NO_TOKENS,
    })
  })

  it('counts nothing', () => {
    expect(usageOfSpan(span({ 'http.request.method': 'GET' }))).toBeNull()
    expect(usageOfSpan(span({ ...CALL, 'gen_ai.operation.name': 'execute_tool' }))).toBeNull()
  })
})
