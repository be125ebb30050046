import { z } from '@hono/zod-openapi'
import { epochMsOrNull, upperSnake } from '@/app/v1/_api/wire-schema'
import { dollarsOfPico, dollarsPerMillion } from '@/lib/model-pricing/dollars'
import type { ListedPrice } from '@/lib/model-pricing/listed-price'
import type { PriceHistoryRow } from '@/lib/model-pricing/price-history'
import type { ModelRates, Rate, RateTable } from '@/lib/model-pricing/rates'
import { TOKEN_KINDS, type TokenKind } from '@/lib/model-pricing/token-kinds'

/** Prices on the wire. Money is told twice: for people as dollars in decimal text, for programs as integers. */

const WIRE_KINDS = {
  input: 'INPUT',
  cacheRead: 'CACHE_READ',
  cacheWrite: 'CACHE_WRITE',
  cacheWrite1h: 'CACHE_WRITE_1H',
  inputAudio: 'INPUT_AUDIO',
  output: 'OUTPUT',
  reasoning: 'REASONING',
  outputAudio: 'OUTPUT_AUDIO',
} as const satisfies Record<TokenKind, string>

const HISTORY_STATES = ['STANDING', 'PAST', 'FUTURE'] as const

const rateFields = {
  usdPerMillion: z
    .string()
    .openapi({ example: '2.5', description: 'Dollars for a million tokens, exact.' }),
  picoUsdPerToken: z.int().min(0).openapi({ description: 'The same in 10^-12 dollars a token.' }),
}

const tokenRateSchema = z
  .strictObject({
    kind: z.enum(WIRE_KINDS),
    ...rateFields,
    tiers: z
      .array(
        z.strictObject({
          above: z.int().openapi({ description: 'Tokens of the whole input, cached ones too.' }),
          ...rateFields,
        }),
      )
      .openapi({
        description: 'The last one whose size is exceeded counts for all tokens of the call.',
      }),
  })
  .openapi('TokenRate')

const rateTableSchema = z
  .strictObject({
    tokens: z.array(tokenRateSchema).openapi({
      description:
        'Kinds are disjoint. One that is not here costs what the wider kind costs: cached and audio input as input, an hour’s cache write as a cache write, reasoning and audio output as output.',
    }),
    call: z
      .strictObject({ usd: z.string(), picoUsd: z.int().min(0) })
      .nullable()
      .openapi({ description: 'For each call, whatever it reads and writes.' }),
  })
  .openapi('RateTable')

const ratesSchema = z
  .strictObject({
    ...rateTableSchema.shape,
    windows: z
      .array(
        z.strictObject({
          fromMinute: z.int().openapi({ description: 'Minute of the UTC day.' }),
          toMinute: z.int().openapi({
            description: 'Not in it; smaller than fromMinute where it goes over midnight.',
          }),
          rates: rateTableSchema,
        }),
      )
      .openapi({ description: 'Parts of each day with other rates.' }),
  })
  .openapi('ModelRates')

const factFields = {
  provider: z.string().openapi({ example: 'openai' }),
  providerName: z.string(),
  model: z.string().openapi({ example: 'gpt-4o' }),
  name: z.string(),
  agent: z
    .string()
    .nullable()
    .openapi({ description: 'The price is for calls of this agent only; null = for all others.' }),
  own: z.boolean().openapi({ description: 'The organization’s own price; else the list price.' }),
  contextWindow: z.int().nullable(),
  source: z.string().openapi({ example: '@pydantic/genai-prices 0.1.8' }),
}

export const modelPriceSchema = z
  .strictObject({
    ...factFields,
    effectiveFrom: epochMsOrNull.openapi({ description: 'Null = from the beginning.' }),
    changesAt: epochMsOrNull.openapi({ description: 'When another known price follows.' }),
    rates: ratesSchema,
  })
  .openapi('ModelPrice')

export const modelPriceRowSchema = z
  .strictObject({
    id: z.uuid(),
    ...factFields,
    effectiveFrom: epochMsOrNull.openapi({ description: 'Null = from the beginning.' }),
    state: z.enum(HISTORY_STATES).openapi({
      description:
        'STANDING rows are the ones that count now: the organization’s own before the list price.',
    }),
    rates: z.union([ratesSchema, z.null()]).openapi({
      description: 'Null = the organization’s own price ended, and the list price counts again.',
    }),
  })
  .openapi('ModelPriceRow')

export function modelPriceToWire(price: ListedPrice) {
  return {
    ...factsToWire(price),
    effectiveFrom: price.since,
    changesAt: price.changesAt,
    rates: ratesToWire(price.rates),
  }
}

export function modelPriceRowToWire(row: PriceHistoryRow) {
  return {
    id: row.id,
    ...factsToWire(row),
    effectiveFrom: row.validFrom,
    state: upperSnake(row.state),
    rates: row.rates && ratesToWire(row.rates),
  }
}

function factsToWire(price: Omit<ListedPrice, 'rates' | 'since' | 'changesAt'>) {
  const { provider, providerName, model, name, agent, own, contextWindow, source } = price
  return { provider, providerName, model, name, agent, own, contextWindow, source }
}

function ratesToWire({ rates, windows = [] }: ModelRates) {
  return {
    ...tableToWire(rates),
    windows: windows.map(({ from, to, rates: within }) => ({
      fromMinute: from,
      toMinute: to,
      rates: tableToWire(within),
    })),
  }
}

function tableToWire(table: RateTable) {
  return {
    tokens: TOKEN_KINDS.flatMap((kind) => {
      const rate = table[kind]
      return rate === undefined ? [] : [{ kind: WIRE_KINDS[kind], ...rateToWire(rate) }]
    }),
    call: table.call === undefined ? null : { usd: dollarsOfPico(table.call), picoUsd: table.call },
  }
}

function rateToWire(rate: Rate) {
  if (typeof rate === 'number') return { ...numbersOf(rate), tiers: [] }
  return {
    ...numbersOf(rate.base),
    tiers: rate.tiers.map((tier) => ({ above: tier.above, ...numbersOf(tier.rate) })),
  }
}

function numbersOf(rate: number) {
  return { usdPerMillion: dollarsPerMillion(rate), picoUsdPerToken: rate }
}
