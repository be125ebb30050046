import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, parseStorableJson } from '@/app/v1/_api/json-body'
import { type Problem, ProblemError, problemOf } from '@/app/v1/_api/problem'
import { BODY_MAX_BYTES, readBody } from '@/app/v1/_api/request-body'
import { mintTokenSchema } from '@/lib/tokens/schema'

interface Written {
  text: string
  twice: boolean
}

async function refusal(work: () => unknown): Promise<Problem | undefined> {
  try {
    await work()
  } catch (error) {
    return problemOf(error)
  }
  return undefined
}

describe('JSON that two readers understand alike', () => {
  test('ordinary values pass unchanged', () => {
    const value = { a: [1, { b: 'x:{},"' }], c: { a: null }, d: '\\u0000', é: true }
    expect(parseJson(JSON.stringify(value))).toEqual(value)
  })

  test.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"t":[{},{"n":1,"n":2}]}', '/t/1/n'],
    ['{"__proto__":{}}', '/__proto__'],
    ['{"a":{"__proto__":1}}', '/a/__proto__'],
  ])('%s is refused at %s', async (text, pointer) => {
    expect(await refusal(() => parseJson(text))).toMatchObject({
      status: 400,
      code: 'malformed_json',
      errors: [{ pointer }],
    })
  })

  test.each(['', '{', '{"a":"\\u0000"}', '{"a\\u0000":1}', 'undefined'])(
    '%j is refused',
    async (text) => {
      expect((await refusal(() => parseJson(text)))?.status).toBe(400)
    },
  )

  test.each([
    ['{"a":["x","\\ud800"]}', '/a/1'],
    ['{"a":{"b~/c":"\\uDC00 and \\ud83d"}}', '/a/b~0~1c'],
    ['{"a":{"\\udfff":1}}', '/a'],
    ['{"a":"\\u0000"}', '/a'],
    ['"\\ud83d"', ''],
  ])('%s, whose text cannot be kept, is refused at %s', async (text, pointer) => {
    expect(await refusal(() => parseStorableJson(text))).toMatchObject({
      status: 400,
      code: 'malformed_json',
      errors: [{ pointer }],
    })
  })

  test('a pair of surrogates passes, and a half where elements are judged one by one', () => {
    expect(parseStorableJson('["\\ud83d\\ude00 \\\\ud800"]')).toEqual(['😀 \\ud800'])
    expect(parseJson('["\\ud83d"]')).toEqual(['\ud83d'])
  })

  /** A value as it is written, in which an object may name a field twice. */
  const written = fc.letrec<{ any: Written }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc
        .oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('":', '\\"', '\\', 'a":1'),
          fc.integer(),
        )
        .map((value) => ({ text: JSON.stringify(value), twice: false })),
      fc.array(tie('any'), { maxLength: 4 }).map((elements) => ({
        text: `[${elements.map(({ text }) => text).join(' ,')}]`,
        twice: elements.some(({ twice }) => twice),
      })),
      fc
        .array(fc.tuple(fc.constantFrom('a', 'b', '"', '\\', '\\"a', ':', ''), tie('any')), {
          maxLength: 3,
        })
        .map((fields) => ({
          text: `{${fields.map(([name, { text }]) => `${JSON.stringify(name)}\n\t: ${text}`).join(',')}}`,
          twice:
            new Set(fields.map(([name]) => name)).size < fields.length ||
            fields.some(([, { twice }]) => twice),
        })),
    ),
  })).any

  test('a field given twice is refused, wherever and however it is written, and nothing else', () => {
    fc.assert(
      fc.property(written, ({ text, twice }) => {
        if (twice) expect(() => parseJson(text)).toThrow(ProblemError)
        else expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
      { numRuns: 500 },
    )
  })

  test('a bomb of brackets is refused without exhausting the stack', async () => {
    const bomb = '['.repeat(30_000) + ']'.repeat(30_000)
    expect((await refusal(() => parseJson(bomb)))?.detail).toBe('Nested deeper than 16 levels.')
  })
})

describe('reading a body', () => {
  const rule = { schema: mintTokenSchema, required: true }
  const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
    new Request('http://localhost/v1', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      duplex: 'half',
    } as RequestInit)

  test('JSON is read, with or without its charset', async () => {
    const body = '{"scopes":["keys:read"]}'
    const type = { 'content-type': 'application/json; charset=UTF-8' }
    expect(await readBody(post(body), rule)).toEqual({ scopes: ['keys:read'] })
    expect(await readBody(post(body, type), rule)).toEqual({ scopes: ['keys:read'] })
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
  ])('%s is not JSON', async (type) => {
    expect(
      (await refusal(() => readBody(post('{}', { 'content-type': type }), rule)))?.status,
    ).toBe(415)
  })

  test('a body may be packed with gzip, and unpacks to no more than it may hold', async () => {
    const packed = (text: string, encoding: string) =>
      readBody(post(gzipSync(text), { 'content-encoding': encoding }), rule)
    expect(await packed('{"name":"ci"}', 'gzip')).toMatchObject({ name: 'ci' })
    expect((await refusal(() => packed('{}', 'br')))?.status).toBe(415)
    expect((await refusal(() => packed(' '.repeat(BODY_MAX_BYTES + 1), 'gzip')))?.status).toBe(413)
    const plain = post('{}', { 'content-encoding': 'gzip' })
    expect((await refusal(() => readBody(plain, rule)))?.status).toBe(400)
  })

  test('a declared size is refused unread, an undeclared one while it arrives', async () => {
    const declared = post('{}', { 'content-length': String(BODY_MAX_BYTES + 1) })
    expect((await refusal(() => readBody(declared, rule)))?.status).toBe(413)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384
        controller.enqueue(new Uint8Array(16_384))
      },
    })
    expect((await refusal(() => readBody(post(endless), rule)))?.status).toBe(413)
    expect(sent).toBeLessThan(BODY_MAX_BYTES * 3)
  })

  test('a caller that hangs up in the middle is no failure of ours', async () => {
    const torn = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
      },
    })
    expect((await refusal(() => readBody(post(torn), rule)))?.status).toBe(400)
  })

  test('no body stands for {} only where none is required', async () => {
    expect(await readBody(post(null), { ...rule, required: false })).toEqual({})
    expect((await refusal(() => readBody(post(''), rule)))?.status).toBe(400)
  })

  test('bytes that are not UTF-8 are refused, not replaced', async () => {
    const bytes = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])
    expect((await refusal(() => readBody(post(bytes), rule)))?.code).toBe('malformed_json')
  })

  test('a form is taken only where the operation says so, each field once', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const form = { ...rule, form: true }
    expect(await readBody(post('name=x', type), form)).toEqual({ name: 'x' })
    expect((await refusal(() => readBody(post('name=x&name=y', type), form)))?.status).toBe(400)
  })
})
