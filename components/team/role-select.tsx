'use client'

import { NativeSelect } from '@/components/ui/native-select'
import { ROLE_FACTS, ROLES, type Role } from '@/lib/access/roles'
import type { Member } from '@/lib/team/model'

export type RoleSelectProps = { member: Member; onChoose: (role: Role) => void }

/** Shows the stored role until a choice is made good: it may be asked about first. */
export function RoleSelect({ member, onChoose }: RoleSelectProps) {
  return (
    <NativeSelect
      className="w-28 sm:w-30"
      aria-label={`Role of ${member.displayName}`}
      value={member.role}
      onChange={(event) => onChoose(event.target.value as Role)}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {ROLE_FACTS[role].label}
        </option>
      ))}
    </NativeSelect>
  )
}
