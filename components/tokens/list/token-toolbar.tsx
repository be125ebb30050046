'use client'

import { Columns3 } from 'lucide-react'
import { lazy } from 'react'
import { STATE_LABELS } from '@/components/tokens/state-words'
import { Button } from '@/components/ui/button'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { OnDemand } from '@/components/ui/on-demand'
import { SearchInput } from '@/components/ui/search-input'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { ALL_SCOPES, isScope } from '@/lib/access/scopes'
import { TOKEN_STATES } from '@/lib/tokens/model'
import { isNarrowed, NO_FILTERS, type SortableColumn, type TokenFilters } from './token-filters'

const loadColumnMenu = () => import('./column-menu')
const ColumnMenu = lazy(async () => ({ default: (await loadColumnMenu()).ColumnMenu }))

export type TokenToolbarProps = {
  filters: TokenFilters
  onChange: (change: Partial<TokenFilters>) => void
  owners: readonly { id: string; label: string }[]
  seesEveryone: boolean
  endedCount: number
  hiddenColumns: readonly SortableColumn[]
  onHiddenColumnsChange: (hidden: readonly SortableColumn[]) => void
}

const STATE_OPTIONS = TOKEN_STATES.map((state) => ({ value: state, label: STATE_LABELS[state] }))
const SCOPE_OPTIONS = ALL_SCOPES.map((scope) => ({
  value: scope,
  label: <span className="font-mono text-xs">{scope}</span>,
}))

export function TokenToolbar(props: TokenToolbarProps) {
  const { filters, onChange, owners, seesEveryone, endedCount } = props
  return (
    <div className="flex flex-wrap items-center gap-2">
      {seesEveryone ? (
        <SegmentedControl
          label="Whose tokens"
          options={[
            { value: 'mine', label: 'Mine' },
            { value: 'everyone', label: 'Everyone' },
          ]}
          value={filters.view}
          onValueChange={(view) => onChange({ view, owners: [] })}
        />
      ) : null}
      <SearchInput
        label="Search tokens"
        className="sm:w-64"
        placeholder={seesEveryone ? 'Search name, prefix or owner' : 'Search name or prefix'}
        value={filters.query}
        onValueChange={(query) => onChange({ query })}
      />
      <MultiSelectFilter
        label="State"
        options={STATE_OPTIONS}
        value={filters.states}
        onValueChange={(states) =>
          onChange({ states: TOKEN_STATES.filter((state) => states.includes(state)) })
        }
      />
      <MultiSelectFilter
        label="Scope"
        options={SCOPE_OPTIONS}
        value={filters.scopes}
        onValueChange={(scopes) => onChange({ scopes: scopes.filter(isScope) })}
      />
      {filters.view === 'everyone' ? (
        <MultiSelectFilter
          label="Owner"
          options={owners.map((owner) => ({ value: owner.id, label: owner.label }))}
          value={filters.owners}
          onValueChange={(chosen) => onChange({ owners: chosen })}
        />
      ) : null}
      {isNarrowed(filters) ? (
        <Button
          variant="ghost"
          onClick={() => onChange({ ...NO_FILTERS, view: filters.view, sort: filters.sort })}
        >
          Clear filters
        </Button>
      ) : null}
      <div className="ml-auto flex items-center gap-2">
        {endedCount > 0 ? (
          <Button
            variant="ghost"
            aria-pressed={filters.ended}
            onClick={() => onChange({ ended: !filters.ended })}
          >
            {filters.ended ? 'Hide ended' : `Show ended (${endedCount.toLocaleString('en-US')})`}
          </Button>
        ) : null}
        <ColumnChoice {...props} />
      </div>
    </div>
  )
}

function ColumnChoice({
  hiddenColumns,
  onHiddenColumnsChange,
}: Pick<TokenToolbarProps, 'hiddenColumns' | 'onHiddenColumnsChange'>) {
  const trigger = (
    <Button className="max-sm:hidden">
      <Columns3 aria-hidden />
      Columns
    </Button>
  )
  return (
    <OnDemand opens="menu" trigger={trigger} load={loadColumnMenu}>
      <ColumnMenu
        trigger={trigger}
        hiddenColumns={hiddenColumns}
        onHiddenColumnsChange={onHiddenColumnsChange}
      />
    </OnDemand>
  )
}
