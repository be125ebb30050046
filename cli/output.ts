import type { Failure } from './failure'
import { withoutSecrets } from './redaction'
import type { Surroundings } from './surroundings'
import { type Column, tableText } from './table'
import { wrapped } from './wrap'

export const FORMATS = ['table', 'json', 'id'] as const
export type Format = (typeof FORMATS)[number]

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const
export type Style = keyof typeof STYLES

/** What a command says, in the form that was asked for. Everything passes the redaction. */
export class Output {
  constructor(
    readonly format: Format,
    readonly place: Surroundings,
  ) {}

  paint(text: string, ...styles: readonly Style[]): string {
    if (!this.place.color || styles.length === 0) return text
    return `\u001b[${styles.map((style) => STYLES[style]).join(';')}m${text}\u001b[0m`
  }

  /** Rows as a table, as JSON, or their ids alone. */
  list<T extends { id?: string }>(
    items: readonly T[],
    columns: readonly Column<T>[],
    empty: string,
  ) {
    if (this.format === 'json') return this.json(items)
    if (this.format === 'id') return this.lines(items.map(({ id }) => id ?? ''))
    if (items.length === 0) return this.note(empty)
    this.lines(
      tableText(items, columns, this.place.width, (text, style) => this.paint(text, style)),
    )
  }

  /** One thing: its facts under each other, or all of it as JSON. */
  item(value: { id?: string }, facts: readonly (readonly [string, string])[]) {
    if (this.format === 'json') return this.json(value)
    if (this.format === 'id') return this.lines([value.id ?? ''])
    this.facts(facts)
  }

  facts(facts: readonly (readonly [string, string])[]): void {
    const width = Math.max(...facts.map(([term]) => term.length))
    this.lines(
      facts.map(([term, text]) =>
        wrapped(`${this.paint(term.padEnd(width), 'dim')}  ${text}`, this.place.width, width + 2),
      ),
    )
  }

  /** Something was done: a sentence for people, the value for programs. */
  done(value: { id?: string }, sentence: string) {
    if (this.format === 'json') return this.json(value)
    if (this.format === 'id') return this.lines(value.id ? [value.id] : [])
    this.lines([wrapped(`${this.paint('✓', 'green')} ${sentence}`, this.place.width, 2)])
  }

  json(value: unknown): void {
    this.lines([JSON.stringify(value, null, this.place.width === null ? 0 : 2)])
  }

  lines(lines: readonly string[]): void {
    if (lines.length > 0) process.stdout.write(withoutSecrets(`${lines.join('\n')}\n`))
  }

  /** Beside the result: for whoever reads along, never for the next program. */
  note(text: string): void {
    if (!this.place.agent) process.stderr.write(withoutSecrets(`${text}\n`))
  }
}

/** One line of JSON for what drives us; else words, with what to do next. */
export function tellFailure(failure: Failure, place: Surroundings): void {
  const { code, message, exitCode: exit_code, hint } = failure
  if (place.agent) {
    const error = { code, message, exit_code, ...(hint && { hint }) }
    process.stderr.write(`${withoutSecrets(JSON.stringify({ error }))}\n`)
    return
  }
  const mark = place.color ? '\u001b[31m✗\u001b[0m' : '✗'
  const { width } = place
  const next = hint ? `\n  ${wrapped(hint, width === null ? null : width - 2, 2)}` : ''
  process.stderr.write(withoutSecrets(`${wrapped(`${mark} ${message}`, width, 2)}${next}\n`))
}
