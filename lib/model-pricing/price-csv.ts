import { csvCell } from '@/lib/csv-cell'
import { dollarsOfPico, dollarsPerMillion } from '@/lib/model-pricing/dollars'
import type { ListedPrice } from '@/lib/model-pricing/listed-price'
import { type RatePart, ratePartsOf } from '@/lib/model-pricing/rate-changes'
import { TOKEN_KINDS } from '@/lib/model-pricing/token-kinds'

const FACTS = ['provider', 'model', 'name', 'agent', 'price', 'since', 'contextWindow'] as const
const COLUMNS = [
  ...FACTS,
  ...TOKEN_KINDS.map((kind) => `${kind}UsdPerMillion`),
  'usdPerCall',
  'longContext',
  'timesOfDay',
  'source',
]

/** The prices as a file for spreadsheets: dollars for a million tokens, exact, in the order given. */
export function priceCsv(prices: readonly ListedPrice[]): string {
  return [COLUMNS, ...prices.map(cellsOf)]
    .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
    .join('')
}

function cellsOf(price: ListedPrice): string[] {
  const parts = ratePartsOf(price.rates)
  const plain = parts.filter(({ above, window }) => above === null && window === null)
  const call = plain.find(({ kind }) => kind === 'call')
  return [
    price.provider,
    price.model,
    price.name,
    price.agent ?? '',
    price.own ? 'own' : 'list',
    price.since === null ? '' : new Date(price.since).toISOString(),
    String(price.contextWindow ?? ''),
    ...TOKEN_KINDS.map((kind) => {
      const part = plain.find((each) => each.kind === kind)
      return part ? dollarsPerMillion(part.rate) : ''
    }),
    call ? dollarsOfPico(call.rate) : '',
    parts
      .filter(({ above, window }) => above !== null && window === null)
      .map(wordsOf)
      .join('; '),
    parts
      .filter(({ window }) => window !== null)
      .map(wordsOf)
      .join('; '),
    price.source,
  ]
}

/** `input above 200000: 10`, `input 00:30-16:30 UTC: 0.27` */
function wordsOf({ kind, above, window, rate }: RatePart): string {
  const size = above === null ? '' : ` above ${above}`
  const hours = window ? ` ${clock(window.from)}-${clock(window.to)} UTC` : ''
  const dollars = kind === 'call' ? dollarsOfPico(rate) : dollarsPerMillion(rate)
  return `${kind}${size}${hours}: ${dollars}`
}

function clock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
