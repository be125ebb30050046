'use client'

import type { RowData } from '@tanstack/react-table'
import { type ReactNode, useCallback, useDeferredValue, useState } from 'react'
import { type ListFilter, type ListFilters, listFilterParams } from './list-filters'
import { ListRows, type ListRowsProps } from './list-rows'
import { ListToolbar } from './list-toolbar'
import { useLateSearchParams } from './use-late-search-params'

export type ListTableProps<Data extends RowData> = Omit<
  ListRowsProps<Data>,
  'filters' | 'onClear'
> & {
  filters: readonly ListFilter[]
  /** As the address has them. */
  initialFilters: ListFilters
  searchPlaceholder: string
  /** Off where there is nothing to choose from. */
  filterable?: boolean | undefined
  /** At the right, above the list. */
  actions: ReactNode
}

/**
 * All of something in one list that is searched, filtered and sorted in the browser. What is typed is on
 * the screen before the rows have been looked through.
 */
export function ListTable<Data extends RowData>({
  filters: offered,
  initialFilters,
  searchPlaceholder,
  filterable = true,
  actions,
  ...list
}: ListTableProps<Data>) {
  const [filters, setFilters] = useState(initialFilters)
  const applied = useDeferredValue(filters)
  const address = useLateSearchParams()
  const show = useCallback(
    (next: ListFilters) => {
      setFilters(next)
      address.write(listFilterParams(next))
    },
    [address],
  )
  const clear = useCallback(
    () =>
      show({ search: '', chosen: Object.fromEntries(offered.map(({ column }) => [column, []])) }),
    [show, offered],
  )
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {filterable ? (
        <ListToolbar
          label={`Search ${list.noun.many}`}
          placeholder={searchPlaceholder}
          offered={offered}
          filters={filters}
          onChange={show}
          actions={actions}
        />
      ) : (
        <div className="flex justify-end empty:hidden">{actions}</div>
      )}
      <ListRows {...list} filters={applied} onClear={clear} />
    </div>
  )
}
