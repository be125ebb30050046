// `npm run prices:import`: writes the catalogue of list prices from @pydantic/genai-prices, for a commit. The
// package is a source of data only: its arithmetic is of floating point, and it knows no history of ours.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type ConditionalPrice,
  type ModelInfo,
  type ModelPrice,
  type Provider,
  waitForUpdate,
} from '@pydantic/genai-prices'
import { CATALOGUE_PATH, type Catalogue, type CataloguePrice } from '@/lib/model-pricing/catalogue'
import type { NameMatch } from '@/lib/model-pricing/name-match'
import type { Rate, RateTable, TimeWindow } from '@/lib/model-pricing/rates'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'

const KINDS: Record<string, TokenKind> = {
  input_mtok: 'input',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  cache_write_1h_mtok: 'cacheWrite1h',
  input_audio_mtok: 'inputAudio',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  output_audio_mtok: 'outputAudio',
}

/** Dollars for a million to whole pico-USD for one; the data's own float noise is below half of one. */
function toPico(dollars: number): number {
  return Math.round(dollars * 1e6)
}

function toRate(price: Exclude<ModelPrice[string], undefined>): Rate {
  if (typeof price === 'number') return toPico(price)
  const tiers = price.tiers.map(({ start, price: dollars }) => ({
    above: start,
    rate: toPico(dollars),
  }))
  return { base: toPico(price.base), tiers: tiers.sort((one, other) => one.above - other.above) }
}

function toRates(prices: ModelPrice): RateTable {
  const entries = Object.entries(prices).flatMap(([key, price]) => {
    const kind = KINDS[key]
    return kind && price !== undefined ? [[kind, toRate(price)] as const] : []
  })
  const call = prices.requests_kcount
  return {
    ...Object.fromEntries(entries),
    ...(typeof call === 'number' && { call: toPico(call * 1e3) }),
  }
}

function toMinute(time: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number)
  if (!/^\d{2}:\d{2}(:00)?(Z|\+00:00)?$/.test(time))
    throw new Error(`Not a time in whole minutes of UTC: ${time}`)
  return hours * 60 + minutes
}

interface DatedRates {
  validFrom: string | null
  rates: RateTable
  windows: TimeWindow[]
}

/**
 * The prices from each day on. The package lists windows of the day after the rates that they belong to, and
 * lets them count before that day too, because it cannot say otherwise; ours begin with their rates.
 */
function byDay(listed: readonly ConditionalPrice[]): DatedRates[] {
  const days: DatedRates[] = []
  for (const { constraint, prices } of listed) {
    const rates = toRates(prices)
    if (constraint?.type !== 'time_of_date') {
      days.push({ validFrom: constraint?.start_date ?? null, rates, windows: [] })
      continue
    }
    const [from, to] = [toMinute(constraint.start_time), toMinute(constraint.end_time)]
    const day = days.at(-1)
    if (!day) throw new Error('The first price of a model is a window of the day.')
    // Of windows that overlap the last one listed counts.
    day.windows.unshift({ from, to, rates })
  }
  return days
}

function toPrices(provider: Provider, model: ModelInfo): CataloguePrice[] {
  const listed = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]
  return byDay(listed).flatMap(({ validFrom, rates, windows }) =>
    // What is sold by the hour, the page or the picture only is not metered here.
    Object.keys(rates).length === 0
      ? []
      : [
          {
            provider: provider.id,
            model: model.id,
            name: model.name ?? model.id,
            match: model.match as NameMatch,
            contextWindow: model.context_window ?? null,
            validFrom,
            rates: windows.length > 0 ? { rates, windows } : { rates },
          },
        ],
  )
}

const manifest = new URL('../package.json', import.meta.resolve('@pydantic/genai-prices'))
const { name, version } = JSON.parse(readFileSync(fileURLToPath(manifest), 'utf8'))
const providers = (await waitForUpdate()) ?? []
const catalogue: Catalogue = {
  source: `${name} ${version}`,
  providers: providers.map(
    ({ id, name: label, provider_match: match, fallback_model_providers }) => ({
      id,
      name: label,
      ...(match ? { match: match as NameMatch } : {}),
      ...(fallback_model_providers ? { alsoServes: fallback_model_providers } : {}),
    }),
  ),
  prices: providers.flatMap((provider) =>
    provider.models.flatMap((model) => toPrices(provider, model)),
  ),
}
// A line a price, so that a diff of two versions can be read.
const lines = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).join(',\n')
writeFileSync(
  CATALOGUE_PATH,
  `{"source":${JSON.stringify(catalogue.source)},"providers":[\n${lines(catalogue.providers)}\n],"prices":[\n${lines(catalogue.prices)}\n]}\n`,
)
console.log(
  `${catalogue.prices.length} prices of ${providers.length} providers, from ${catalogue.source}.`,
)
