import type { ListFilters } from './list-filters'

/** What a list can be asked about one of its rows. */
interface Searchable {
  getValue(column: string): unknown
}

/** Compiled once a change, then asked of each row. */
export function listPredicate(
  { search, chosen }: ListFilters,
  searchedColumn: string,
): (row: Searchable) => boolean {
  const text = search.trim().toLowerCase()
  const choices = Object.entries(chosen).filter(([, values]) => values.length > 0)
  const wanted = choices.map(([column, values]) => [column, new Set<unknown>(values)] as const)
  return (row) =>
    wanted.every(([column, values]) => values.has(row.getValue(column))) &&
    (text === '' || String(row.getValue(searchedColumn)).toLowerCase().includes(text))
}
