import { InvalidArgumentError } from 'commander'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Checked here, so that a name or a token in its place is told at once, and sent nowhere. */
export function id(text: string): string {
  if (UUID.test(text)) return text.toLowerCase()
  throw new InvalidArgumentError('An id is a UUID: list shows it with --output id or json.')
}

export function limit(text: string): number {
  return between(text, 1, 10_000)
}

export function days(text: string): number {
  return between(text, 1, 36_500)
}

function between(text: string, least: number, most: number): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= least && count <= most) return count
  throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`)
}

const SPANS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** `30d`, `12h`, `2w` before now, or a date such as 2026-11-01; epoch ms. */
export function pastMoment(text: string): number {
  const span = /^(\d{1,4})([hdw])$/.exec(text)
  if (span) return Date.now() - Number(span[1]) * SPANS[span[2] as keyof typeof SPANS]
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new InvalidArgumentError('A date such as 2026-11-01, or a span such as 30d, 12h or 2w.')
}
