import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table'
import { createPredicateRowModel } from '@/components/settings/predicate-row-model'
import { TOKEN_STATES } from '@/lib/tokens/model'
import type { SortableColumn } from './token-filters'
import type { TokenRow } from './token-rows'

/** Columns of the token table. Made once: the table compares features and columns by identity. */

export const tokenTableFeatures = tableFeatures({
  columnFilteringFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  filteredRowModel: createPredicateRowModel<TokenRow>(),
  sortFns: { basic: sortFn_basic },
})

const column = createColumnHelper<typeof tokenTableFeatures, TokenRow>()
const stateOrder = new Map(TOKEN_STATES.map((state, index) => [state, index]))

/** The one filter: the whole choice of the toolbar, compiled to a predicate. */
export const FILTERED_COLUMN = 'name'

export const tokenColumns = column.columns([
  column.accessor((row) => row.name.toLowerCase(), {
    id: 'name',
    header: 'Name',
    sortFn: 'basic',
    enableHiding: false,
  }),
  column.accessor((row) => row.ownerLabel.toLowerCase(), {
    id: 'owner',
    header: 'Owner',
    sortFn: 'basic',
  }),
  column.accessor((row) => stateOrder.get(row.state) ?? 0, {
    id: 'state',
    header: 'State',
    sortFn: 'basic',
  }),
  column.accessor((row) => row.scopeSet.scopes.length, {
    id: 'access',
    header: 'Access',
    sortFn: 'basic',
  }),
  column.accessor((row) => row.lastUsedAt ?? undefined, {
    id: 'used',
    header: 'Last used',
    sortFn: 'basic',
    sortUndefined: 'last',
  }),
  column.accessor('createdAt', {
    id: 'created',
    header: 'Created',
    sortFn: 'basic',
  }),
  column.accessor((row) => row.expiresAt ?? undefined, {
    id: 'expires',
    header: 'Expires',
    sortFn: 'basic',
    sortUndefined: 'last',
  }),
])

/** Columns that can be hidden, in their order. */
export const OPTIONAL_COLUMNS: readonly { id: SortableColumn; label: string }[] = [
  { id: 'owner', label: 'Owner' },
  { id: 'state', label: 'State' },
  { id: 'access', label: 'Access' },
  { id: 'used', label: 'Last used' },
  { id: 'created', label: 'Created' },
  { id: 'expires', label: 'Expires' },
]

/** Widths in px; the name takes what is left. Fixed, so that nothing shifts while rows come and go. */
export const COLUMN_WIDTHS: Record<string, number> = {
  select: 40,
  owner: 116,
  state: 148,
  access: 112,
  used: 116,
  created: 136,
  expires: 96,
  actions: 44,
}
export const NAME_WIDTH_MIN = 170
