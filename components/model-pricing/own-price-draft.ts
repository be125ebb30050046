import { dollarsOfPico, dollarsPerMillion } from '@/lib/model-pricing/dollars'
import type { OwnPriceInput } from '@/lib/model-pricing/own-price-schema'
import type { ModelRates, Rate } from '@/lib/model-pricing/rates'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'
import { dayValue } from './own-price-words'

/** The parts that may be left out. */
export const OPTIONAL_KINDS = [
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'inputAudio',
  'reasoning',
  'outputAudio',
] as const satisfies readonly TokenKind[]

/** The parts that long contexts may have a price of their own for. */
export const LONG_KINDS = [
  'input',
  'output',
  'cacheRead',
  'reasoning',
] as const satisfies readonly TokenKind[]

const RATE_PARTS = ['input', 'output', ...OPTIONAL_KINDS, 'call'] as const
const LONG_PARTS = ['above', ...LONG_KINDS] as const

/** By JSON pointer without its slash: what the server complains about is found by it. */
export type OwnPriceField =
  | 'provider'
  | 'model'
  | 'agent'
  | 'validFrom'
  | 'note'
  | `rates/${(typeof RATE_PARTS)[number]}`
  | `longContext/${(typeof LONG_PARTS)[number]}`

/** As typed. */
export type OwnPriceDraft = Record<OwnPriceField, string> & { hasLongContext: '' | 'yes' }

/** What the sheet is opened with. */
export interface OwnPricePrefill {
  provider: string
  model: string
  /** Null: all agents. */
  agent: string | null
  /** The price to begin with; null leaves the fields empty. */
  rates: ModelRates | null
}

export function draftOf(prefill: OwnPricePrefill | null, now: number): OwnPriceDraft {
  const table = prefill?.rates && fits(prefill.rates) ? prefill.rates.rates : undefined
  const tiers = Object.values(table ?? {}).flatMap((rate) =>
    typeof rate === 'object' ? rate.tiers.slice(0, 1) : [],
  )
  const rates = Object.fromEntries(
    RATE_PARTS.map((part) => [
      `rates/${part}`,
      part === 'call' ? callText(table?.call) : baseText(table?.[part]),
    ]),
  )
  const long = Object.fromEntries(
    LONG_KINDS.map((kind) => [`longContext/${kind}`, tierText(table?.[kind])]),
  )
  return {
    provider: prefill?.provider ?? '',
    model: prefill?.model ?? '',
    agent: prefill?.agent ?? '',
    validFrom: dayValue(now),
    note: '',
    ...rates,
    ...long,
    'longContext/above': String(tiers[0]?.above ?? ''),
    hasLongContext: tiers.length > 0 ? 'yes' : '',
  } as OwnPriceDraft
}

/** @param seen of the list of own prices that the sheet was opened with */
export function inputOf(draft: OwnPriceDraft, seen: number): OwnPriceInput {
  const { provider, model, agent, validFrom, note } = draft
  const part = (name: OwnPriceField) => draft[name]
  return {
    provider,
    model,
    agent: agent.trim() === '' ? null : agent,
    validFrom,
    note,
    seen,
    rates: {
      input: part('rates/input'),
      output: part('rates/output'),
      ...Object.fromEntries(OPTIONAL_KINDS.map((kind) => [kind, part(`rates/${kind}`)])),
      call: part('rates/call'),
    },
    longContext: draft.hasLongContext
      ? {
          above: part('longContext/above'),
          ...Object.fromEntries(LONG_KINDS.map((kind) => [kind, part(`longContext/${kind}`)])),
        }
      : null,
  }
}

/** Whether the fields can say all of it: one limit, and the same price all day. */
function fits({ rates, windows = [] }: ModelRates): boolean {
  const tiers = Object.values(rates).map((rate) => (typeof rate === 'object' ? rate.tiers : []))
  const limits = new Set(tiers.flat().map(({ above }) => above))
  return windows.length === 0 && limits.size <= 1 && tiers.every(({ length }) => length <= 1)
}

function baseText(rate: Rate | undefined): string {
  if (rate === undefined) return ''
  return dollarsPerMillion(typeof rate === 'number' ? rate : rate.base)
}

function tierText(rate: Rate | undefined): string {
  const tier = typeof rate === 'object' ? rate.tiers[0] : undefined
  return tier ? dollarsPerMillion(tier.rate) : ''
}

function callText(pico: number | undefined): string {
  return pico === undefined ? '' : dollarsOfPico(pico)
}
