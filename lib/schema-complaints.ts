import { z } from 'zod'

/**
 * What a field says of a value that it does not take, where its schema has no words of its own: for people who read
 * it beside a form, and programmers who read it in a problem (RFC 9457). JSON's names of types, no name of ours.
 */

const LISTED_MAX = 20

const NO_FORM = 'This has none of the forms that it may have.'

/** JSON has no name for the rest of what schemas are made of. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  date: 'a date',
  bigint: 'a whole number',
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  email: 'an e-mail address',
  url: 'a URL, such as https://example.com',
  datetime: 'a date and time as in ISO 8601, such as 2026-01-31T09:30:00Z',
  date: 'a date as in ISO 8601, such as 2026-01-31',
  base64: 'base64',
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['item', 'items'],
  set: ['item', 'items'],
  map: ['entry', 'entries'],
  record: ['entry', 'entries'],
}

/** From then on every schema of this process without words of its own speaks these, whichever bundle it is in. */
export function installComplaints(): void {
  z.config({ localeError: complaintOf })
}

/** One sentence; it never repeats the value, which may be a secret. */
export function complaintOf(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined && issue.code !== 'custom') return 'This is missing.'
  switch (issue.code) {
    case 'invalid_type':
      return `This must be ${TYPES[issue.expected] ?? 'of another type'}${insteadOf(issue.input)}.`
    case 'unrecognized_keys':
      return `There is no ${issue.keys.join(', ')} here.`
    case 'invalid_value':
      return `This must be ${oneOf(issue.values)}.`
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return `This must ${limit(issue.origin, 'at most', 'less than', issue, issue.maximum)}.`
    case 'invalid_format':
      return `This must ${shape(issue)}.`
    case 'not_multiple_of':
      return `This must be a multiple of ${issue.divisor}.`
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? `This must be ${oneOf(issue.options)}.`
        : ofAnyForm(issue)
    case 'invalid_key':
      return 'A name in it cannot be used.'
    default:
      return 'This cannot be used.'
  }
}

/** The types of its forms, where that is all that tells them apart. */
function ofAnyForm({ errors }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const types = new Set<string>()
  for (const [first] of errors) {
    if (first?.code !== 'invalid_type' || first.path.length > 0) return NO_FORM
    types.add(TYPES[first.expected] ?? 'of another type')
  }
  return types.size === 0 ? NO_FORM : `This must be ${[...types].join(' or ')}.`
}

/** Nothing of a number: it may be the wrong kind of one, or what a query's words were read as. */
function insteadOf(input: unknown): string {
  if (input === null) return ', not null'
  if (Array.isArray(input)) return ', not a list'
  if (typeof input === 'number') return ''
  if (typeof input === 'boolean') return ', not true or false'
  return `, not ${TYPES[typeof input] ?? 'this'}`
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value) ?? String(value))
  if (names.length === 1) return `${names[0]}`
  const shown = names.slice(0, LISTED_MAX)
  const rest = names.length - shown.length
  const last = rest > 0 ? `${rest} more` : shown.pop()
  return `one of ${shown.join(', ')} or ${last}`
}

interface Limit {
  inclusive?: boolean
  exact?: boolean
}

function tooSmall(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  const unit = UNITS[issue.origin]
  if (unit && Number(issue.minimum) === 1 && !issue.exact) {
    return issue.origin === 'string'
      ? 'This must not be empty.'
      : `This needs at least one ${unit[0]}.`
  }
  return `This must ${limit(issue.origin, 'at least', 'more than', issue, issue.minimum)}.`
}

function limit(
  origin: string,
  within: string,
  strictly: string,
  { inclusive, exact }: Limit,
  bound: number | bigint,
): string {
  const unit = UNITS[origin]
  const how = exact ? 'exactly' : inclusive === false ? strictly : within
  const number = bound.toLocaleString('en-US')
  return unit ? `have ${how} ${number} ${unit[Number(bound) === 1 ? 0 : 1]}` : `be ${how} ${number}`
}

function shape(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidStringFormat>): string {
  if (issue.format === 'starts_with') return `start with ${JSON.stringify(issue.prefix)}`
  if (issue.format === 'ends_with') return `end with ${JSON.stringify(issue.suffix)}`
  if (issue.format === 'includes') return `contain ${JSON.stringify(issue.includes)}`
  return FORMATS[issue.format] ? `be ${FORMATS[issue.format]}` : 'have another form'
}
