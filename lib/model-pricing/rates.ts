import {
  INPUT_KINDS,
  inputTokens,
  OUTPUT_KINDS,
  type TokenCounts,
  type TokenKind,
} from '@/lib/model-pricing/token-kinds'

/** Rates are integers of pico-USD a token: dollars for a million tokens, times 10^6. */
export type Rate =
  | number
  | {
      base: number
      /** By the size of the whole input, growing: the last one whose `above` is exceeded counts for all of it. */
      tiers: readonly { above: number; rate: number }[]
    }

export type RateTable = Partial<Record<TokenKind, Rate>> & {
  /** Pico-USD for the call itself, whatever it reads and writes; counted with the input. */
  call?: number
}

/** Rates for a part of each day, in UTC. */
export interface TimeWindow {
  /** Minute of the day, from 0 on; the window begins with it. */
  from: number
  /** The first minute after it; smaller than `from` where it goes over midnight. */
  to: number
  rates: RateTable
}

/** What one row of prices says: `rates`, and others within windows of the day. */
export interface ModelRates {
  rates: RateTable
  windows?: readonly TimeWindow[]
}

/** Nano-USD. */
export interface CallCost {
  input: bigint
  output: bigint
}

/** A kind without a rate of its own costs what the wider kind costs, as providers bill it. */
export const WIDER_KIND: Partial<Record<TokenKind, TokenKind>> = {
  cacheRead: 'input',
  cacheWrite: 'input',
  cacheWrite1h: 'cacheWrite',
  inputAudio: 'input',
  reasoning: 'output',
  outputAudio: 'output',
}

const PICO_IN_NANO = 1000n
const MINUTE_MS = 60_000
const MINUTES_A_DAY = 1440

/**
 * What a model call costs. The sum is made in whole pico-USD and rounded once, half up, to nano-USD; the
 * output is what the total leaves beside the input, so that both always add up.
 * @param at epoch ms of the call: some models cost less at night
 * @returns null where a kind that was used has no rate: unknown is never nothing
 */
export function costOf(counts: TokenCounts, price: ModelRates, at: number): CallCost | null {
  const table = ratesAt(price, at)
  const size = inputTokens(counts)
  const read = picoOf(INPUT_KINDS, counts, table, size)
  const output = picoOf(OUTPUT_KINDS, counts, table, size)
  if (read === null || output === null) return null
  const input = read + BigInt(table.call ?? 0)
  const inputNano = toNano(input)
  return { input: inputNano, output: toNano(input + output) - inputNano }
}

function picoOf(
  kinds: readonly TokenKind[],
  counts: TokenCounts,
  table: RateTable,
  size: number,
): bigint | null {
  let pico = 0n
  for (const kind of kinds) {
    if (counts[kind] === 0) continue
    const rate = rateOf(kind, table, size)
    if (rate === null) return null
    pico += BigInt(counts[kind]) * BigInt(rate)
  }
  return pico
}

/**
 * Pico-USD for one token of the kind in a call with that much input, or null where nothing is said of it.
 * @param size all tokens of the input, cached or not
 */
export function rateOf(kind: TokenKind, table: RateTable, size: number): number | null {
  const rate = table[kind]
  if (rate === undefined) {
    const wider = WIDER_KIND[kind]
    return wider === undefined ? null : rateOf(wider, table, size)
  }
  if (typeof rate === 'number') return rate
  return rate.tiers.findLast(({ above }) => size > above)?.rate ?? rate.base
}

/** The rates that count at a moment of the day. */
export function ratesAt({ rates, windows = [] }: ModelRates, at: number): RateTable {
  const minute = Math.floor(at / MINUTE_MS) % MINUTES_A_DAY
  return windows.find((window) => isWithin(minute, window))?.rates ?? rates
}

function isWithin(minute: number, { from, to }: TimeWindow): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}

/** Half up; what is rounded is never negative. */
function toNano(pico: bigint): bigint {
  return (pico + PICO_IN_NANO / 2n) / PICO_IN_NANO
}
