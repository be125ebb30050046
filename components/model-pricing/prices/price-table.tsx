'use client'

import { useTable } from '@tanstack/react-table'
import { memo, useMemo } from 'react'
import { ListEnd } from '@/components/settings/list-end'
import { listFeatures } from '@/components/settings/list-features'
import { ListRow } from '@/components/settings/list-row'
import { useListPages } from '@/components/settings/use-list-pages'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TBody, THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { priceCells } from './price-cells'
import { FILTERED_COLUMN, PRICE_COLUMNS } from './price-columns'
import { NO_FILTERS, type PriceFilters, pricePredicate, type SortableColumn } from './price-filters'
import type { PriceRow } from './price-rows'

const NOUN = { one: 'price', many: 'prices' }

export type PriceTableProps = {
  rows: readonly PriceRow[]
  filters: PriceFilters
  onChange: (change: Partial<PriceFilters>) => void
  onSort: (column: SortableColumn) => void
  onOpen: (key: string) => void
}

/** Memoized, and rendered after the toolbar: a keystroke is on the screen before the rows were looked through. */
export const PriceTable = memo(function PriceTable(props: PriceTableProps) {
  const { rows, filters, onChange, onSort, onOpen } = props
  const columnFilters = useMemo(() => {
    const passes = pricePredicate(filters)
    return [{ id: FILTERED_COLUMN, value: (row: { original: PriceRow }) => passes(row.original) }]
  }, [filters])
  const { sort } = filters
  const sorting = useMemo(() => (sort ? [sort] : []), [sort])
  const cells = useMemo(() => priceCells(onOpen), [onOpen])
  const table = useTable({
    features: listFeatures,
    columns: PRICE_COLUMNS,
    data: rows,
    getRowId: (row) => row.key,
    state: { columnFilters, sorting },
  })
  const matching = table.getRowModel().rows
  const { first, end, previous, next } = useListPages(filters, matching.length)
  const shown = matching.slice(first, end)
  const columns = table.getAllLeafColumns()
  return (
    <>
      <Table label="Model prices">
        <caption className="sr-only">
          Model prices in US dollars for a million tokens. A row opens its history.
        </caption>
        <THead>
          <tr>
            {table.getHeaderGroups()[0]?.headers.map((header) => (
              <Th
                key={header.id}
                align={header.column.columnDef.meta?.align}
                sort={sort?.id === header.id ? (sort.desc ? 'desc' : 'asc') : null}
                onSort={() => onSort(header.id as SortableColumn)}
              >
                <table.FlexRender header={header} />
              </Th>
            ))}
          </tr>
        </THead>
        <TBody>
          {shown.map((row, index) => (
            <ListRow
              // By place, not by row: what a keystroke brings in takes over rows that stand already.
              // biome-ignore lint/suspicious/noArrayIndexKey: that is the point
              key={index}
              row={row}
              columns={columns}
              cells={cells}
              interactive
            />
          ))}
          {shown.length === 0 ? (
            <tr>
              <td colSpan={columns.length}>
                <EmptyState
                  framed={false}
                  title="No price matches"
                  description="A model without a price is counted and marked as unpriced, never as free."
                  actions={
                    <Button onClick={() => onChange({ ...NO_FILTERS, sort })}>Clear filters</Button>
                  }
                />
              </td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      <ListEnd
        noun={NOUN}
        shown={shown.length}
        matching={matching.length}
        previous={previous}
        next={next}
      />
    </>
  )
})
