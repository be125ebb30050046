import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createPaginatedRowModel,
  createSortedRowModel,
  filterFn_arrHas,
  filterFn_includesString,
  globalFilteringFeature,
  rowPaginationFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { ROLE_FACTS } from '@/lib/access/roles'
import type { Member } from '@/lib/team/model'

/** Columns of the member table. Made once: the table compares them by identity. */

export interface MemberRow extends Member {
  /** The server's clock, epoch ms. */
  now: number
}

export const memberFeatures = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  rowPaginationFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
  filterFns: { includesString: filterFn_includesString, arrHas: filterFn_arrHas },
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
})

const column = createColumnHelper<typeof memberFeatures, MemberRow>()

const EVERYBODY = column.columns([
  column.accessor((member) => `${member.displayName}\n${member.email}`, {
    id: 'person',
    header: 'Person',
    sortFn: 'alphanumeric',
    cell: ({ row: { original: member } }) => (
      <span className="flex min-w-44 max-w-56 items-center gap-3 py-1 sm:max-w-80">
        <Avatar name={member.displayName} seed={member.email} pictureId={member.avatarId} />
        <span className="flex min-w-0 flex-col">
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium text-ink">{member.displayName}</span>
            {member.you ? <Badge outline>You</Badge> : null}
          </span>
          <span className="truncate text-muted text-xs">{member.email}</span>
        </span>
      </span>
    ),
  }),
  column.accessor('role', {
    header: 'Role',
    sortFn: 'alphanumeric',
    filterFn: 'arrHas',
    enableGlobalFilter: false,
    cell: ({ row: { original: member } }) => ROLE_FACTS[member.role].label,
  }),
  column.accessor((member) => member.lastActiveAt ?? 0, {
    id: 'lastActive',
    header: 'Last active',
    sortFn: 'basic',
    enableGlobalFilter: false,
    cell: ({ row: { original: member } }) =>
      member.lastActiveAt === null ? (
        <span className="text-muted">Not yet</span>
      ) : (
        <RelativeTime at={member.lastActiveAt} now={member.now} />
      ),
  }),
  column.accessor('joinedAt', {
    header: 'Joined',
    sortFn: 'basic',
    enableGlobalFilter: false,
    cell: ({ row: { original: member } }) => <AbsoluteTime at={member.joinedAt} dateOnly />,
  }),
])

const TOKENS = column.columns([
  column.accessor((member) => member.tokenCount ?? 0, {
    id: 'tokens',
    header: 'Tokens',
    sortFn: 'basic',
    enableGlobalFilter: false,
  }),
])

/** For those who see whose tokens there are. */
export const MANAGED_COLUMNS = [...EVERYBODY.slice(0, 3), ...TOKENS, ...EVERYBODY.slice(3)]
export const READ_ONLY_COLUMNS = EVERYBODY
