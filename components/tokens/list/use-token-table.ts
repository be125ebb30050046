'use client'

import { type RowSelectionState, useTable } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { isEnded } from '@/components/tokens/state-words'
import { FILTERED_COLUMN, tokenColumns, tokenTableFeatures } from './token-columns'
import { rowPredicate, type SortableColumn, type TokenFilters } from './token-filters'
import type { TokenRow } from './token-rows'
import type { TokenTableLine } from './token-table'

export type TokenTableInput = {
  rows: TokenRow[]
  filters: TokenFilters
  hiddenColumns: readonly SortableColumn[]
  viewerId: string
  mayWrite: boolean
}

/** The table over its rows: one compiled predicate as filter, sorting and columns from the toolbar. */
export function useTokenTable(input: TokenTableInput) {
  const { rows, filters, hiddenColumns, viewerId, mayWrite } = input
  const [selection, setSelection] = useState<RowSelectionState>({})
  const scopeSets = useMemo(() => new Set(rows.map((row) => row.scopeSet)), [rows])
  const columnFilters = useMemo(() => {
    const passes = rowPredicate(filters, viewerId, scopeSets)
    return [{ id: FILTERED_COLUMN, value: (row: TokenTableLine) => passes(row.original) }]
  }, [filters, viewerId, scopeSets])
  const { sort } = filters
  const sorting = useMemo(() => (sort ? [sort] : []), [sort])
  const columnVisibility = useMemo(() => {
    const hidden = [...hiddenColumns, ...(filters.view === 'mine' ? ['owner'] : [])]
    return Object.fromEntries(hidden.map((id) => [id, false]))
  }, [hiddenColumns, filters.view])
  const table = useTable({
    features: tokenTableFeatures,
    columns: tokenColumns,
    data: rows,
    getRowId: (row) => row.id,
    enableRowSelection: (row) => mayWrite && !isEnded(row.original.state),
    state: { columnFilters, sorting, columnVisibility, rowSelection: selection },
    onRowSelectionChange: setSelection,
  })
  return { table, selection, clearSelection: () => setSelection({}) }
}
