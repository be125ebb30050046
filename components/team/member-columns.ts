import { createColumnHelper } from '@tanstack/react-table'
import type { listFeatures } from '@/components/settings/list-features'
import { hasSecondFactor, type Member } from '@/lib/team/model'

const column = createColumnHelper<typeof listFeatures, Member>()

const person = column.accessor((member) => `${member.displayName}\n${member.email}`, {
  id: 'person',
  header: 'Person',
  sortFn: 'alphanumeric',
})
const role = column.accessor('role', { header: 'Role', sortFn: 'alphanumeric' })
const twoFactor = column.accessor((member) => (hasSecondFactor(member.twoFactor) ? 'on' : 'off'), {
  id: 'twoFactor',
  header: 'Two-factor',
  sortFn: 'alphanumeric',
})
const lastActive = column.accessor((member) => member.lastActiveAt ?? 0, {
  id: 'lastActive',
  header: 'Last active',
  sortFn: 'basic',
})
const tokens = column.accessor((member) => member.tokenCount ?? 0, {
  id: 'tokens',
  header: 'Tokens',
  meta: { align: 'right' },
  sortFn: 'basic',
})
const joined = column.accessor('joinedAt', { header: 'Joined', sortFn: 'basic' })

/** Made once: the table compares columns by identity. */
export const MEMBER_COLUMNS = column.columns([person, role, lastActive, joined])

/** With what only those who run the team may know. */
export const MANAGED_MEMBER_COLUMNS = column.columns([
  person,
  role,
  twoFactor,
  lastActive,
  tokens,
  joined,
])
