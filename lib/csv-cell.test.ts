import { expect, it } from 'vitest'
import { csvCell } from '@/lib/csv-cell'

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', '＠x'])(
  'makes %j plain text for spreadsheets',
  (value) => expect(csvCell(value)).toBe(`'${value}`),
)

it.each(['\r=1', '\n=1'])('does so behind the line end of %j', (value) =>
  expect(csvCell(value)).toBe(`"'${value}"`),
)

it('quotes what would end a cell, and leaves the rest', () => {
  expect(csvCell('Acme, "Robotics"')).toBe('"Acme, ""Robotics"""')
  expect(csvCell('a\nb')).toBe('"a\nb"')
  expect(csvCell('gpt-4o = fast')).toBe('gpt-4o = fast')
  expect(csvCell('')).toBe('')
})
