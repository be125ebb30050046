import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import type { Member } from '@/lib/team/model'
import { RoleSelect } from './role-select'
import { TwoFactorCell } from './two-factor-cell'

export type MemberCellsInput = {
  /** Null for those who may not. */
  chooseRole: ((member: Member, role: Role) => void) | null
  /** The server's clock, epoch ms. */
  now: number
}

/** What the columns of the list of members show, by column. */
export function memberCells({ chooseRole, now }: MemberCellsInput) {
  const cells: Record<string, (member: Member) => ReactNode> = {
    person: (member) => <Person member={member} />,
    role: (member) =>
      chooseRole ? (
        <RoleSelect
          // A row may change its member where it stands: who chooses must not go on with the next one.
          key={member.userId}
          member={member}
          onChoose={(role) => chooseRole(member, role)}
        />
      ) : (
        ROLE_FACTS[member.role].label
      ),
    twoFactor: (member) => <TwoFactorCell factors={member.twoFactor} />,
    lastActive: (member) =>
      member.lastActiveAt === null ? (
        <span className="text-muted">Not yet</span>
      ) : (
        <RelativeTime at={member.lastActiveAt} now={now} />
      ),
    joinedAt: (member) => <AbsoluteTime at={member.joinedAt} dateOnly />,
  }
  return cells
}

function Person({ member }: { member: Member }) {
  return (
    <span className="flex min-w-32 max-w-36 items-center gap-2.5 sm:gap-3 py-1 sm:max-w-80">
      <Avatar name={member.displayName} seed={member.userId} pictureId={member.avatarId} />
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
