import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountText, axisAmount, exactAmount, percentChange } from '@/components/charts/amount'
import { columnTotal, SERIES_SHOWN, sumOf } from '@/components/charts/chart-data'
import { stackGeometry } from '@/components/charts/stack-geometry'
import { NO_USAGE, type UsageRow } from '@/lib/usage/series'
import { amountOf, usageChart } from './usage-chart'
import { MEASURES, parseUsageView, usageQueryString } from './usage-view'

const days = [0, 1, 2, 3]
const columns = days.map((day) => ({ key: String(day), label: `${day}`, title: `Day ${day}` }))

const rows = fc.array(
  fc.record({
    bucket: fc.constantFrom(...days),
    names: fc.nat({ max: 40 }).map((model) => [`model-${model}`]),
    input: fc.nat({ max: 1e6 }),
    reasoning: fc.nat({ max: 1e5 }),
    inputCost: fc.bigInt(0n, 10n ** 12n),
    outputCost: fc.bigInt(0n, 10n ** 12n),
  }),
)
const full = (row: Partial<UsageRow>): UsageRow => ({
  ...NO_USAGE,
  calls: 1,
  bucket: 0,
  names: [],
  ...row,
})

describe('a usage chart', () => {
  it('has everything in its bars, to the nano-dollar, however many names there are', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...MEASURES), (drawn, measure) => {
        const all = drawn.map(full)
        const view = { ...parseUsageView({ measure }), split: 'model' as const }
        const chart = usageChart(all, columns, view)
        expect(chart.series.length).toBeLessThanOrEqual(SERIES_SHOWN)
        days.forEach((day, place) => {
          const ofDay = all.filter(({ bucket }) => bucket === day)
          expect(String(columnTotal(chart, place))).toBe(
            String(sumOf(ofDay.map((row) => amountOf(measure, row)))),
          )
        })
      }),
    )
  })

  it('tells kinds of tokens apart without counting any twice', () => {
    const view = parseUsageView({ measure: 'tokens', split: 'kind' })
    const row = full({ bucket: 2, input: 10, cacheRead: 5, output: 3, reasoning: 2 })
    const chart = usageChart([row], columns, view)
    expect(chart.series.map(({ label }) => label)).toEqual([
      'Input',
      'Cache read',
      'Output',
      'Reasoning',
    ])
    expect(columnTotal(chart, 2)).toBe(20)
  })

  it('draws no cost for a model that nobody has priced', () => {
    const priced = full({ names: ['gpt-5'], inputCost: 5n })
    const unpriced = full({ names: ['homemade'], unpricedCalls: 1 })
    const chart = usageChart([priced, unpriced], columns, parseUsageView({}))
    expect(chart.series.map(({ label }) => label)).toEqual(['gpt-5'])
  })

  it('is as high as its largest bar, and no piece leaves the plot', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const chart = usageChart(drawn.map(full), columns, parseUsageView({}))
        const { pieces } = stackGeometry(chart, 200, 'usd')
        for (const piece of pieces.flat()) {
          if (!piece) continue
          expect(piece.y).toBeGreaterThanOrEqual(-0.001)
          expect(piece.y + piece.height).toBeLessThanOrEqual(200.001)
          expect(piece.x + piece.width).toBeLessThanOrEqual(100.001)
        }
      }),
    )
  })
})

describe('the address of a view', () => {
  it('says all of it', () => {
    const names = fc.array(fc.string(), { maxLength: 3 }).map((list) => [...new Set(list)])
    const views = fc.record({
      period: fc.constantFrom('billing', '7d', '12m'),
      per: fc.constantFrom('day', 'week', undefined),
      measure: fc.constantFrom(...MEASURES),
      by: fc.constantFrom('time', 'provider', 'model', 'agent'),
      split: fc.constantFrom('none', 'kind', 'provider', 'model', 'agent'),
      events: fc.constantFrom('calls', 'runs'),
      origin: fc.constantFrom('test', 'production', undefined),
      agent: names,
      model: names,
    })
    fc.assert(
      fc.property(views, (params) => {
        const view = parseUsageView(params)
        const query = new URLSearchParams(usageQueryString(view))
        const read = Object.fromEntries([...query.keys()].map((key) => [key, query.getAll(key)]))
        expect(parseUsageView(read)).toEqual(view)
      }),
    )
  })

  it('that is nonsense is the default', () => {
    const nonsense = { period: 'x', from: '2026-13-01', to: '2026-01-01', measure: '1', by: '!' }
    expect(parseUsageView(nonsense)).toEqual(parseUsageView({}))
    expect(parseUsageView({ from: '2026-02-02', to: '2026-02-01' }).period.name).toBe('billing')
  })
})

describe('an amount', () => {
  it.each([
    [1_234_567_890_123n, '$1,234.57', '$1234.567890123'],
    [56_000_000n, '$0.0560', '$0.056000000'],
    [12_000n, '$0.000012', '$0.000012000'],
    [1n, '< $0.000001', '$0.000000001'],
    [0n, '$0.00', '$0.000000000'],
    [-2_500_000_000n, '-$2.50', '-$2.500000000'],
  ])('of %s nano-dollars is %s, exactly %s', (nano, text, exact) => {
    expect(amountText('usd', nano)).toBe(text)
    expect(exactAmount('usd', nano)).toBe(exact)
  })

  it('of bytes has round powers of 1024 on its axis', () => {
    const series = [{ key: 'all', label: 'All', values: [55 * 1024 ** 3, 3] }]
    const { ticks } = stackGeometry({ columns: columns.slice(0, 2), series }, 200, 'bytes')
    expect(ticks.map(({ value }) => axisAmount('bytes', value))).toEqual([
      '0 B',
      '20 GiB',
      '40 GiB',
      '60 GiB',
    ])
  })

  it('of bytes is told by powers of 1024', () => {
    expect(amountText('bytes', 0)).toBe('0 B')
    expect(amountText('bytes', 1536)).toBe('1.5 KiB')
    expect(axisAmount('usd', 50_000_000)).toBe('$0.05')
  })

  it('has no change where there was nothing before', () => {
    expect(percentChange(5n, 0n)).toBeNull()
    expect(percentChange(15n, 10n)).toBe(50)
    expect(percentChange(0, 10)).toBe(-100)
  })
})
