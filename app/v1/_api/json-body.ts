import { pointerOf } from '@/app/v1/_api/json-pointer'
import { ProblemError, problem } from '@/app/v1/_api/problem'

/** Far deeper than any body of this API. */
const DEPTH_MAX = 16
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
  const reader = new HostileFormReader()
  for (const [token] of text.matchAll(TOKENS)) reader.take(token)
  return value
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
    else this.#readString(token)
  }

  #readString(token: string): void {
    this.#lastString = token
    if (token.includes('\\u0000') && textOf(token).includes('\0')) {
      throw malformed('NUL characters are not accepted.')
    }
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
    if (key === '__proto__') throw malformed('There is no such field.', this.#pointer())
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
