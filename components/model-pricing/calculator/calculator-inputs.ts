import { clockWords } from '@/components/model-pricing/rate-words'
import { TOKEN_KINDS, type TokenCounts } from '@/lib/model-pricing/token-kinds'

/** What the calculator is asked; isomorphic, because the address holds it. */

export const MODELS_MAX = 3
/** What the calculator takes as a month; it says so. */
export const MONTH_DAYS = 30

/** As typed: a field that is being emptied is no zero. */
export interface CalculatorInputs {
  /** Keys of prices. */
  models: string[]
  /** All tokens that go in, cached ones too. */
  input: string
  /** Percent of the input that is read from a cache. */
  cached: string
  output: string
  calls: string
  per: 'day' | 'month'
  /** Of the day in UTC, `HH:MM`. */
  time: string
}

export type NumberField = 'input' | 'cached' | 'output' | 'calls'

export const FIELDS: Record<NumberField, { label: string; max: number }> = {
  input: { label: 'Input tokens', max: 100_000_000 },
  cached: { label: 'Of them cached', max: 100 },
  output: { label: 'Output tokens', max: 100_000_000 },
  calls: { label: 'Calls', max: 1_000_000_000 },
}

type Shape = Pick<CalculatorInputs, NumberField | 'per'>

export const PRESETS: readonly { id: string; label: string; shape: Shape }[] = [
  {
    id: 'chat',
    label: 'Support chat turn',
    shape: { input: '3000', cached: '70', output: '300', calls: '2000', per: 'day' },
  },
  {
    id: 'rag',
    label: 'RAG answer',
    shape: { input: '8000', cached: '20', output: '500', calls: '1000', per: 'day' },
  },
  {
    id: 'document',
    label: 'Long document',
    shape: { input: '250000', cached: '0', output: '2000', calls: '50', per: 'day' },
  },
  {
    id: 'labels',
    label: 'Sorting messages',
    shape: { input: '600', cached: '50', output: '10', calls: '20000', per: 'day' },
  },
]

const NOON = '12:00'
const DEFAULT_SHAPE: Shape = {
  input: '3000',
  cached: '70',
  output: '300',
  calls: '2000',
  per: 'day',
}

type Params = Record<string, string | string[] | undefined>

/**
 * From the address; what is not understood is left out.
 * @param suggested keys of the models to begin with
 */
export function readCalculatorInputs(
  params: Params,
  suggested: readonly string[],
): CalculatorInputs {
  const all = (name: string) => [params[name] ?? []].flat()
  const one = (name: string) => all(name)[0]
  const number = (field: NumberField) => {
    const told = one(field)
    return told !== undefined && wholeNumber(told, FIELDS[field].max) !== null
      ? told
      : DEFAULT_SHAPE[field]
  }
  const models = all('model').filter(Boolean)
  const time = one('time') ?? NOON
  return {
    models: [...new Set(models.length > 0 ? models : suggested)].slice(0, MODELS_MAX),
    input: number('input'),
    cached: number('cached'),
    output: number('output'),
    calls: number('calls'),
    per: one('per') === 'month' ? 'month' : 'day',
    time: minuteOf(time) === null ? NOON : time,
  }
}

export function calculatorParams(inputs: CalculatorInputs): Record<string, string | string[]> {
  const { models, input, cached, output, calls, per, time } = inputs
  const wanted = time === NOON ? '' : time
  return { model: models, input, cached, output, calls, per, time: wanted }
}

/** Null where it is no whole number from 0 to `max`. */
export function wholeNumber(text: string, max: number): number | null {
  const number = /^\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN
  return number <= max ? number : null
}

/** @returns what is wrong with the field, in words; undefined where nothing is */
export function fieldError(inputs: CalculatorInputs, field: NumberField): string | undefined {
  const { max } = FIELDS[field]
  return wholeNumber(inputs[field], max) === null
    ? `Give a whole number from 0 to ${max.toLocaleString('en-US')}.`
    : undefined
}

/** The same as numbers. */
export interface CallPlan {
  counts: TokenCounts
  calls: number
  per: CalculatorInputs['per']
  /** Some moment at that time of the day, epoch ms. */
  at: number
}

const NOTHING = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, 0])) as TokenCounts
const MINUTE_MS = 60_000

/** Null while a field holds no number. */
export function callPlan(inputs: CalculatorInputs): CallPlan | null {
  const [input, cached, output, calls] = (['input', 'cached', 'output', 'calls'] as const).map(
    (field) => wholeNumber(inputs[field], FIELDS[field].max),
  )
  if (input == null || cached == null || output == null || calls == null) return null
  const cacheRead = Math.round((input * cached) / 100)
  return {
    counts: { ...NOTHING, input: input - cacheRead, cacheRead, output },
    calls,
    per: inputs.per,
    at: (minuteOf(inputs.time) ?? 0) * MINUTE_MS,
  }
}

function minuteOf(time: string): number | null {
  const [hours, minutes] = time.split(':').map(Number)
  const minute = (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN)
  return clockWords(minute) === time && minute < 24 * 60 ? minute : null
}
