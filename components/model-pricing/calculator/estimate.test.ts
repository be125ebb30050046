import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packPrices, unpackPrices } from '@/components/model-pricing/prices/price-rows'
import type { ListedPrice } from '@/lib/model-pricing/listed-price'
import { costOf } from '@/lib/model-pricing/rates'
import {
  type CalculatorInputs,
  calculatorParams,
  callPlan,
  FIELDS,
  fieldError,
  PRESETS,
  readCalculatorInputs,
} from './calculator-inputs'
import { comparedWords, estimateOf } from './estimate'

const INPUTS: CalculatorInputs = {
  models: ['openai/gpt-4o', 'homemade/org/llama@support'],
  input: '1000',
  cached: '40',
  output: '200',
  calls: '300',
  per: 'month',
  time: '16:30',
}

function rowOf(rates: ListedPrice['rates']) {
  const price: ListedPrice = {
    provider: 'openai',
    providerName: 'OpenAI',
    model: 'gpt-4o',
    agent: null,
    name: 'GPT 4o',
    contextWindow: null,
    rates,
    own: false,
    since: null,
    changesAt: null,
    source: 'Test',
  }
  const [row] = unpackPrices(packPrices([price]))
  if (!row) throw new Error('The price was lost.')
  return row
}

function planOf(inputs: Partial<CalculatorInputs> = {}) {
  const plan = callPlan({ ...INPUTS, ...inputs })
  if (!plan) throw new Error('A field holds no number.')
  return plan
}

describe('what the calculator is asked', () => {
  it('comes out of the address as it went in', () => {
    expect(readCalculatorInputs(calculatorParams(INPUTS), [])).toEqual(INPUTS)
    for (const { shape } of PRESETS) {
      const inputs = { ...INPUTS, ...shape }
      expect(readCalculatorInputs(calculatorParams(inputs), [])).toEqual(inputs)
      expect(callPlan(inputs)).not.toBeNull()
    }
  })

  it('begins with what is used most, and leaves out what an address cannot mean', () => {
    const read = readCalculatorInputs(
      { input: '-1', cached: '101', calls: 'many', per: 'year', time: '25:00' },
      ['a/b', 'c/d', 'e/f', 'g/h'],
    )
    expect(read).toMatchObject({ models: ['a/b', 'c/d', 'e/f'], per: 'day', time: '12:00' })
    for (const field of ['input', 'cached', 'output', 'calls'] as const) {
      expect(fieldError(read, field)).toBeUndefined()
    }
  })

  it('is no plan while a field holds no number, and the field says what it wants', () => {
    for (const wrong of ['', '1.5', '-3', String(FIELDS.cached.max + 1), 'ten']) {
      expect(callPlan({ ...INPUTS, cached: wrong })).toBeNull()
      expect(fieldError({ ...INPUTS, cached: wrong }, 'cached')).toContain('0 to 100')
    }
  })

  it('divides the input into what is cached and what is not, and loses no token', () => {
    const { counts, at } = planOf({ input: '333', cached: '50' })
    expect([counts.input, counts.cacheRead, counts.output]).toEqual([166, 167, 200])
    expect(at).toBe(990 * 60_000)
  })
})

describe('an estimate', () => {
  it('is what metering charges, times the calls', () => {
    const amount = fc.nat({ max: 1_000_000_000 })
    fc.assert(
      fc.property(
        fc.record({ input: amount, cacheRead: amount, output: amount }),
        fc.nat({ max: 100_000_000 }),
        fc.nat({ max: 100 }),
        fc.nat({ max: 1_000_000_000 }),
        (rates, input, cached, calls) => {
          const plan = planOf({
            input: `${input}`,
            cached: `${cached}`,
            calls: `${calls}`,
            per: 'day',
          })
          const cost = costOf(plan.counts, { rates }, plan.at)
          const { total } = estimateOf(rowOf({ rates }), plan)
          expect(total?.call).toBe((cost?.input ?? 0n) + (cost?.output ?? 0n))
          expect(total?.day).toBe((total?.call ?? 0n) * BigInt(calls))
          expect(total?.month).toBe((total?.day ?? 0n) * 30n)
        },
      ),
    )
  })

  it('of calls a month is a thirtieth a day, and knows the time of the day', () => {
    const rates = {
      rates: { input: 1000 },
      windows: [{ from: 990, to: 991, rates: { input: 2000 } }],
    }
    const inputs = { input: '1', cached: '0', output: '0', calls: '100', per: 'month' } as const
    expect(estimateOf(rowOf(rates), planOf(inputs)).total).toEqual({
      call: 2n,
      day: 7n,
      month: 200n,
    })
    expect(estimateOf(rowOf(rates), planOf({ ...inputs, time: '16:31' })).total?.call).toBe(1n)
  })

  it('is none where a rate is missing: unknown is not free', () => {
    const { total, unpriced } = estimateOf(rowOf({ rates: { input: 1 } }), planOf())
    expect(total).toBeNull()
    expect(unpriced).toEqual(['output'])
  })

  it('says how much dearer it is than the cheapest', () => {
    const flat = (rate: number) =>
      estimateOf(rowOf({ rates: { input: rate, output: rate } }), planOf())
    const all = [flat(1000), flat(2400), estimateOf(rowOf({ rates: {} }), planOf())]
    expect(all.map((one) => comparedWords(one, all))).toEqual([null, '2.4×', null])
  })
})
