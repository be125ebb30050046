/**
 * Text that PostgreSQL can keep: no NUL, and no half of a surrogate pair, which is text to JavaScript only. A text
 * column would keep something else, and jsonb fails on it.
 */

const NUL = /\0/
const HALF = /\p{Cs}/u

export const UNSTORABLE = {
  nul: { pattern: NUL, detail: 'NUL characters are not accepted.' },
  half: {
    pattern: HALF,
    detail: 'This holds half a character: a surrogate without its other half.',
  },
} as const

export const NO_TEXT = 'Remove the characters that are no text.'

/** True for a text that is kept as it is. */
export function isStorable(text: string): boolean {
  return !NUL.test(text) && !HALF.test(text)
}

/** Enough to find the others too. */
const FOUND_MAX = 20

export type ValuePath = readonly (string | number)[]

/**
 * Where in a value the pattern is found: paths of the texts, and of what has it in the name of a field. Only plain
 * objects and arrays are looked into, each once.
 */
export function pathsOfText(value: unknown, pattern: RegExp): ValuePath[] {
  const found: ValuePath[] = []
  const known = new Set<unknown>()
  const open: { value: unknown; path: ValuePath }[] = [{ value, path: [] }]
  for (let next = open.pop(); next && found.length < FOUND_MAX; next = open.pop()) {
    const { value: at, path } = next
    if (typeof at === 'string' && pattern.test(at)) found.push(path)
    if (!isPlain(at) || known.has(at)) continue
    known.add(at)
    if (!Array.isArray(at) && Object.keys(at).some((name) => pattern.test(name))) found.push(path)
    for (const [name, inner] of Object.entries(at).reverse()) {
      open.push({ value: inner, path: [...path, Array.isArray(at) ? Number(name) : name] })
    }
  }
  return found
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
