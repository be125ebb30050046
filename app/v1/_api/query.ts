import { ProblemError, problem } from '@/app/v1/_api/problem'
import { isScope, type Scope } from '@/lib/access/scopes'
import type { FieldError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import type { PageRequest } from '@/lib/paging'

/** AIP-158 names first; the others are what older clients of the platform send. */
const PAGE_SIZE_NAMES = ['pagesize', 'paging.pagesize']
const PAGE_TOKEN_NAMES = ['pagetoken', 'pagetoken.cursor', 'paging.pagetoken']
const SKIP_NAMES = ['pagetoken.skip', 'skip']
const TEXT_MAX = 200

/** The query string, by name in any case; where a name is given twice the first counts, unless all are asked for. */
export class Query {
  /** Of each name its values, in the order in which they were given. */
  readonly #values: ReadonlyMap<string, readonly string[]>

  /** @throws ProblemError 400 for a NUL character, which no database text can hold */
  constructor(url: string) {
    const values = new Map<string, string[]>()
    const start = url.indexOf('?')
    if (start !== -1) {
      for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
        if (value.includes('\0')) throw refusedParameter(name, 'NUL characters are not accepted.')
        const given = values.get(name.toLowerCase())
        if (given) given.push(value)
        else values.set(name.toLowerCase(), [value])
      }
    }
    this.#values = values
  }

  /** The value, or undefined where absent or empty. */
  text(name: string): string | undefined {
    const value = this.#values.get(name.toLowerCase())?.[0]
    return value === '' ? undefined : value
  }

  /** Of a name that may be given several times: every value that is not empty, each once. */
  texts(name: string): string[] {
    const values = this.#values.get(name.toLowerCase()) ?? []
    return [...new Set(values.filter((value) => value !== ''))]
  }

  /** True where the name is there, even without a value. */
  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }

  first(names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.text(name)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** 400 for one query parameter. */
export function refusedParameter(name: string, detail: string): ProblemError {
  const errors: FieldError[] = [{ pointer: `/query/${name}`, detail }]
  return new ProblemError(problem('validation_failed', detail, { errors }))
}

/** True where the caller asked for pages (GET tokens is a bare, whole array otherwise). */
export function asksForPage(query: Query): boolean {
  return [...PAGE_SIZE_NAMES, ...PAGE_TOKEN_NAMES].some((name) => query.has(name))
}

/**
 * Page size and token. 0 or absent = the default size; too large is cut by the core.
 * @throws ProblemError 400 for a negative or fractional size, and for any skipping
 */
export function pageRequest(query: Query): PageRequest {
  const skip = query.first(SKIP_NAMES)
  if (skip !== undefined && skip !== '0') {
    throw refusedParameter(
      'PageToken.Skip',
      'Skipping is not supported: follow nextPageToken instead.',
    )
  }
  const size = query.first(PAGE_SIZE_NAMES)
  if (size !== undefined && !/^\d+$/.test(size)) {
    throw refusedParameter('pageSize', 'A whole number; more than 200 is taken as 200.')
  }
  return {
    ...(size !== undefined && Number(size) > 0 && { pageSize: Math.min(Number(size), 1e9) }),
    pageToken: query.first(PAGE_TOKEN_NAMES),
  }
}

/** One of a fixed set, matched in any case, or undefined where absent. @throws ProblemError 400 */
export function choice<T extends string>(
  query: Query,
  name: string,
  options: readonly T[],
): T | undefined {
  const value = query.text(name)
  if (value === undefined) return undefined
  const found = options.find((option) => option.toLowerCase() === value.toLowerCase())
  if (found === undefined) throw refusedParameter(name, `One of ${options.join(', ')}.`)
  return found
}

/** A whole number in range, or undefined where absent. @throws ProblemError 400 */
export function wholeNumber(
  query: Query,
  name: string,
  range: { min: number; max: number },
): number | undefined {
  const value = query.text(name)
  if (value === undefined) return undefined
  const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= range.min && number <= range.max)) {
    throw refusedParameter(name, `A whole number from ${range.min} to ${range.max}.`)
  }
  return number
}

/** The last moment that a date can hold (ECMA-262). */
const LATEST_MS = 8.64e15

/**
 * Epoch ms of `from` and `to`, each undefined where absent.
 * @throws ProblemError 400, also where one ends before it begins
 */
export function momentRange(query: Query): { from: number | undefined; to: number | undefined } {
  const from = wholeNumber(query, 'from', { min: 0, max: LATEST_MS })
  const to = wholeNumber(query, 'to', { min: 0, max: LATEST_MS })
  if (from !== undefined && to !== undefined && to < from) {
    throw refusedParameter('to', 'The range must end after its beginning.')
  }
  return { from, to }
}

/** Free text of at most 200 characters, or undefined where absent. @throws ProblemError 400 */
export function freeText(query: Query, name: string): string | undefined {
  const value = query.text(name)
  if (value !== undefined && value.length > TEXT_MAX) {
    throw refusedParameter(name, `At most ${TEXT_MAX} characters.`)
  }
  return value
}

/** An id, or undefined where absent. @throws ProblemError 400 */
export function uuid(query: Query, name: string): string | undefined {
  const value = query.text(name)
  if (value !== undefined && !isUuid(value)) throw refusedParameter(name, 'An id is a UUID.')
  return value
}

/** A list, separated by commas or by giving the name again, or undefined where absent. */
export function list(query: Query, name: string): string[] | undefined {
  const entries = query
    .texts(name)
    .flatMap((text) => text.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  return entries.length > 0 ? entries : undefined
}

/** Scopes of a comma-separated list. @throws ProblemError 400 naming each unknown one */
export function scopeList(query: Query, name: string): Scope[] | undefined {
  const entries = list(query, name)
  if (!entries) return undefined
  const unknown = entries.filter((entry) => !isScope(entry))
  if (unknown.length > 0) {
    throw refusedParameter(
      name,
      `Unknown scope ${unknown.map((id) => JSON.stringify(id.slice(0, 60))).join(', ')}.`,
    )
  }
  return entries.filter(isScope)
}
