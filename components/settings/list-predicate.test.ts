import { expect, it } from 'vitest'
import { listPredicate } from './list-predicate'

const rows = [
  { person: 'Ada Lindqvist\nada@acme.example', role: 'ADMIN' },
  { person: 'Grace Adair\ngrace@acme.example', role: 'FINANCE' },
  { person: 'Mei Tanaka\nmei@acme.example', role: 'MEMBER' },
]

function found(search: string, chosen: Record<string, string[]> = {}): string[] {
  const passes = listPredicate({ search, chosen }, 'person')
  return rows
    .filter((row) => passes({ getValue: (column) => row[column as keyof typeof row] }))
    .map(({ role }) => role)
}

it('looks for what was typed in any case, without the spaces around it', () => {
  expect(found(' ADA ')).toEqual(['ADMIN', 'FINANCE'])
  expect(found('mei@')).toEqual(['MEMBER'])
  expect(found('nobody')).toEqual([])
  expect(found('')).toHaveLength(3)
})

it('shows what is chosen in every column, and everything where nothing is', () => {
  expect(found('ada', { role: ['FINANCE', 'MEMBER'] })).toEqual(['FINANCE'])
  expect(found('', { role: [] })).toHaveLength(3)
  expect(found('', { role: ['ADMIN'], person: ['Mei Tanaka'] })).toEqual([])
})
