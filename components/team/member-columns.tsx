import { createColumnHelper } from '@tanstack/react-table'
import type { listFeatures } from '@/components/settings/list-features'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { ROLE_FACTS } from '@/lib/access/roles'
import { hasSecondFactor, type Member } from '@/lib/team/model'
import { TwoFactorCell } from './two-factor-cell'

const column = createColumnHelper<typeof listFeatures, Member>()

export type MemberColumnsInput = {
  /** Shows what only those who run the team may know. */
  mayManage: boolean
  /** The server's clock, epoch ms. */
  now: number
}

export function memberColumns({ mayManage, now }: MemberColumnsInput) {
  const person = column.accessor((member) => `${member.displayName}\n${member.email}`, {
    id: 'person',
    header: 'Person',
    sortFn: 'alphanumeric',
    cell: ({ row: { original: member } }) => <Person member={member} />,
  })
  const role = column.accessor('role', {
    header: 'Role',
    sortFn: 'alphanumeric',
    filterFn: 'arrHas',
    enableGlobalFilter: false,
    cell: ({ row: { original: member } }) => ROLE_FACTS[member.role].label,
  })
  const twoFactor = column.accessor(
    (member) => (hasSecondFactor(member.twoFactor) ? 'on' : 'off'),
    {
      id: 'twoFactor',
      header: 'Two-factor',
      sortFn: 'alphanumeric',
      filterFn: 'arrHas',
      enableGlobalFilter: false,
      cell: ({ row: { original: member } }) => <TwoFactorCell factors={member.twoFactor} />,
    },
  )
  const lastActive = column.accessor((member) => member.lastActiveAt ?? 0, {
    id: 'lastActive',
    header: 'Last active',
    sortFn: 'basic',
    enableGlobalFilter: false,
    cell: ({ row: { original: member } }) =>
      member.lastActiveAt === null ? (
        <span className="text-muted">Not yet</span>
      ) : (
        <RelativeTime at={member.lastActiveAt} now={now} />
      ),
  })
  const tokens = column.accessor((member) => member.tokenCount ?? 0, {
    id: 'tokens',
    header: 'Tokens',
    meta: { align: 'right' },
    sortFn: 'basic',
    enableGlobalFilter: false,
  })
  const joined = column.accessor('joinedAt', {
    header: 'Joined',
    sortFn: 'basic',
    enableGlobalFilter: false,
    cell: ({ row: { original: member } }) => <AbsoluteTime at={member.joinedAt} dateOnly />,
  })
  return mayManage
    ? column.columns([person, role, twoFactor, lastActive, tokens, joined])
    : column.columns([person, role, lastActive, joined])
}

function Person({ member }: { member: Member }) {
  return (
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
  )
}
