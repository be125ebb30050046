import { pointerOf } from '@/app/v1/_api/json-pointer'
import { ProblemError, problem } from '@/app/v1/_api/problem'
import { pathsOfText, UNSTORABLE } from '@/lib/storable-text'

/** Far deeper than any body of this API. */
const DEPTH_MAX = 16
const PROTOTYPE = '__proto__'
const NUL_ESCAPED = '\\u0000'
/** Our bodies are UTF-8, which has no halves of its own. */
const SURROGATE_ESCAPED = /\\u[dD][89a-fA-F]/
const COLON = 0x3a
const BACKSLASH = 0x5c
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/** One open object (with the keys seen so far) or array (null); `at` is where in it the reader is. */
interface Frame {
  keys: Set<string> | null
  at: string | number
}

function malformed(detail: string, pointer?: string): ProblemError {
  return new ProblemError(
    problem(
      'malformed_json',
      detail,
      pointer === undefined ? {} : { errors: [{ pointer, detail }] },
    ),
  )
}

/**
 * JSON text to a value, refusing what two readers could understand differently or what would hurt later:
 * a field given twice, `__proto__`, NUL characters, and nesting beyond any use.
 * @throws ProblemError 400 malformed_json
 */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('The body is not valid JSON.')
  }
  if (fieldsOf(value, 0) !== fieldsNamed(text)) refuseHostile(text)
  if (text.includes(NUL_ESCAPED)) refuseText(value, UNSTORABLE.nul)
  return value
}

/**
 * The same, refusing halves of surrogate pairs besides: for whatever is kept or refused as a whole.
 * @throws ProblemError 400 malformed_json
 */
export function parseStorableJson(text: string): unknown {
  const value = parseJson(text)
  if (SURROGATE_ESCAPED.test(text)) refuseText(value, UNSTORABLE.half)
  return value
}

/** Of a value that is known not to be nested too deep. */
function refuseText(
  value: unknown,
  { pattern, detail }: { pattern: RegExp; detail: string },
): void {
  const errors = pathsOfText(value, pattern).map((path) => ({ pointer: pointerOf(path), detail }))
  if (errors.length > 0) throw new ProblemError(problem('malformed_json', detail, { errors }))
}

/** How many fields a value has, at all depths; NaN, equal to nothing, where it holds what must be looked at. */
function fieldsOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === DEPTH_MAX) return Number.NaN
  let fields = 0
  if (Array.isArray(value)) {
    for (const element of value) fields += fieldsOf(element, depth + 1)
    return fields
  }
  for (const key of Object.keys(value)) {
    if (key === PROTOTYPE) return Number.NaN
    fields += 1 + fieldsOf((value as Record<string, unknown>)[key], depth + 1)
  }
  return fields
}

/**
 * How often valid JSON names a field: more often than its value has fields where one is given twice. It only
 * hops from quote to quote, because programs send megabytes.
 */
function fieldsNamed(text: string): number {
  let named = 0
  let quote = text.indexOf('"')
  while (quote !== -1) {
    let next = endOfString(text, quote) + 1
    while (isSpace(text.charCodeAt(next))) next++
    if (text.charCodeAt(next) === COLON) named++
    quote = text.indexOf('"', next)
  }
  return named
}

/** The place of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

/** After an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) === BACKSLASH) before--
  return (at - before) % 2 === 0
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

/**
 * Reads valid JSON token by token.
 * @throws ProblemError 400 malformed_json at the first form that is not accepted
 */
function refuseHostile(text: string): void {
  const reader = new HostileFormReader()
  for (const [token] of text.matchAll(TOKENS)) reader.take(token)
}

/** Follows the tokens of text that is known to be valid JSON, without recursion. */
class HostileFormReader {
  readonly #frames: Frame[] = []
  /** As written, with its quotes: most strings are no names and need no reading. */
  #lastString = ''

  take(token: string): void {
    if (token === '{') this.#open({ keys: new Set(), at: '' })
    else if (token === '[') this.#open({ keys: null, at: 0 })
    else if (token === '}' || token === ']') this.#frames.pop()
    else if (token === ',') this.#nextElement()
    else if (token === ':') this.#acceptKey(textOf(this.#lastString))
    else this.#lastString = token
  }

  #open(frame: Frame): void {
    this.#frames.push(frame)
    if (this.#frames.length > DEPTH_MAX) throw malformed(`Nested deeper than ${DEPTH_MAX} levels.`)
  }

  #nextElement(): void {
    const frame = this.#frames.at(-1)
    if (frame && typeof frame.at === 'number') frame.at++
  }

  #acceptKey(key: string): void {
    const frame = this.#frames.at(-1)
    if (!frame?.keys) return
    frame.at = key
    // JSON.parse makes it an ordinary field, which a later copy would turn into a prototype.
    if (key === PROTOTYPE) throw malformed('There is no such field.', this.#pointer())
    if (frame.keys.has(key)) throw malformed('This field is given twice.', this.#pointer())
    frame.keys.add(key)
  }

  #pointer(): string {
    return pointerOf(this.#frames.map(({ at }) => at))
  }
}

/** What a string of JSON says. */
function textOf(token: string): string {
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1)
}
