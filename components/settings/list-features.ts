import {
  columnFilteringFeature,
  type Row,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  type TableOptions,
  tableFeatures,
} from '@tanstack/react-table'
import { createPredicateRowModel } from './predicate-row-model'

/** What every list that fits into the page can do: search, filter and sort. */
export const listFeatures = tableFeatures({
  columnFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createPredicateRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
  columnMeta: {} as { align?: 'right' },
})

export type ListColumns<Data extends RowData> = TableOptions<typeof listFeatures, Data>['columns']
export type ListLine<Data extends RowData> = Row<typeof listFeatures, Data>
