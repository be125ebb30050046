import type { z } from 'zod'
import { csvRows } from '@/lib/datasets/csv-cases'
import { CASES_MAX } from '@/lib/datasets/limits'
import type { CaseText } from '@/lib/datasets/model'
import { caseSchema } from '@/lib/datasets/schema'

/** Cases as text: read from what people paste or drop, and written for an export; isomorphic. */

export const CASE_FORMATS = ['JSON', 'JSON lines', 'CSV'] as const
export type CaseFormat = (typeof CASE_FORMATS)[number]

export interface ReadProblem {
  /** `Line 17`, or `Case 3` of a JSON list. */
  place: string
  detail: string
}

export interface ReadCases {
  format: CaseFormat
  cases: CaseText[]
  /** In the order of the text; nothing is taken while there are any. */
  problems: ReadProblem[]
}

/** One case as it was written, with its place. */
export interface RawCase {
  place: string
  value: unknown
}

export interface RawCases {
  raw: RawCase[]
  problems: ReadProblem[]
}

/**
 * Reads a JSON list (or `{ "cases": [] }`), JSON lines, or CSV with a header. Never throws: what cannot be read is
 * told by its place.
 * @param typed in CSV, cells that are a number, or true or false, are values and no text
 */
export function readCases(text: string, { typed }: { typed: boolean }): ReadCases {
  const plain = text.replace(/^\uFEFF/, '')
  const { format, raw, problems } = parsed(plain, typed)
  const cases: CaseText[] = []
  for (const { place, value } of raw) {
    const result = caseSchema.safeParse(withNamedValues(value))
    if (result.success) cases.push(result.data)
    else problems.push(...result.error.issues.map((issue) => ({ place, detail: complaint(issue) })))
  }
  if (raw.length > CASES_MAX) {
    problems.unshift({
      place: 'All',
      detail: `There are ${raw.length.toLocaleString('en-US')} cases; a dataset keeps at most ${CASES_MAX}.`,
    })
  }
  return { format, cases, problems: problems.sort((one, other) => lineOf(one) - lineOf(other)) }
}

/** 0 for what is about all of it. */
function lineOf({ place }: ReadProblem): number {
  return Number(/\d+$/.exec(place)?.[0] ?? 0)
}

/** JSON lines that `readCases` reads back as they were. */
export function caseLines(cases: readonly CaseText[]): string {
  return cases
    .map(({ name, input, parameters, expected }) => {
      const fields = Object.entries({ name, input, parameters, expected })
      return `${JSON.stringify(Object.fromEntries(fields.filter(([, value]) => value !== null)))}\n`
    })
    .join('')
}

function parsed(text: string, typed: boolean): RawCases & { format: CaseFormat } {
  const start = text.trimStart()[0]
  if (start === '[') return { format: 'JSON', ...jsonList(text) }
  if (start !== '{') return { format: 'CSV', ...csvRows(text, { typed }) }
  const whole = jsonOf(text)
  if (whole.ok && isRecord(whole.value) && Array.isArray(whole.value.cases)) {
    return { format: 'JSON', raw: numbered(whole.value.cases), problems: [] }
  }
  if (whole.ok) return { format: 'JSON', raw: numbered([whole.value]), problems: [] }
  return { format: 'JSON lines', ...jsonLines(text) }
}

function jsonList(text: string): RawCases {
  const whole = jsonOf(text)
  if (whole.ok && Array.isArray(whole.value)) return { raw: numbered(whole.value), problems: [] }
  const line = whole.ok ? 1 : whole.line
  return { raw: [], problems: [{ place: `Line ${line}`, detail: 'This is not JSON.' }] }
}

function numbered(values: readonly unknown[]): RawCase[] {
  return values.map((value, index) => ({ place: `Case ${index + 1}`, value }))
}

function jsonLines(text: string): RawCases {
  const raw: RawCase[] = []
  const problems: ReadProblem[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const place = `Line ${index + 1}`
    const read = jsonOf(line)
    if (read.ok) raw.push({ place, value: read.value })
    else problems.push({ place, detail: 'This line is not JSON.' })
  }
  return { raw, problems }
}

type Json = { ok: true; value: unknown } | { ok: false; line: number }

function jsonOf(text: string): Json {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    // Where browsers do not say, the end is as good a place to begin looking as any.
    return { ok: false, line: text.slice(0, at ? Number(at) : text.length).split('\n').length }
  }
}

/** `input` may hold values by name, as it may where an agent is run. */
function withNamedValues(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value.input) || value.parameters != null) return value
  const { input, ...rest } = value
  return { ...rest, parameters: input }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `There is no field ${issue.keys.join(', ')}: a case has name, input, parameters and expected.`
  }
  if (issue.path.length === 0) return 'A case is an object with an input, or with parameters.'
  return `${issue.path.join('.')}: ${issue.message}`
}
