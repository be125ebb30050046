/** What a list shows, as its address has it: read by the page on the server, written by the list. */

export interface ListFilter {
  /** The column that it looks at, and its name in the address. */
  column: string
  label: string
  options: readonly { value: string; label: string }[]
}

export interface ListFilters {
  search: string
  /** By column; a column that is not there shows everything. */
  chosen: Readonly<Record<string, readonly string[]>>
}

const SEARCH = 'q'
const SEARCH_MAX = 200

/** Only what the filters offer: an address may hold anything. */
export function readListFilters(
  query: Record<string, string | string[] | undefined>,
  filters: readonly ListFilter[],
): ListFilters {
  const search = [query[SEARCH] ?? ''].flat()[0] ?? ''
  const chosen = filters.map(({ column, options }) => {
    const asked = [query[column] ?? []].flat()
    return [column, options.map(({ value }) => value).filter((value) => asked.includes(value))]
  })
  return { search: search.slice(0, SEARCH_MAX), chosen: Object.fromEntries(chosen) }
}

export function listFilterParams({
  search,
  chosen,
}: ListFilters): Record<string, string | readonly string[]> {
  return { [SEARCH]: search, ...chosen }
}
