import { DIMENSIONS, type UsageQuery } from '@/lib/usage/series'

/** Conditions of a query on the names of usage, in SQL. */
export interface NameFilter {
  /** Begins with AND, or is empty. */
  sql: string
  values: (readonly string[])[]
}

/** @param taken how many placeholders the query has before these */
export function nameFilter(only: UsageQuery['only'], taken: number): NameFilter {
  const filters = DIMENSIONS.flatMap((dimension) => {
    const names = only[dimension]
    return names && names.length > 0 ? [{ dimension, names }] : []
  })
  return {
    sql: filters
      .map(({ dimension }, index) => `AND ${dimension} = ANY($${taken + index + 1}::text[])`)
      .join(' '),
    values: filters.map(({ names }) => names),
  }
}
