import type { ListFilter } from '@/components/settings/list-filters'
import { ROLE_FACTS, ROLES, type Role } from '@/lib/access/roles'
import { ALL_SCOPES } from '@/lib/access/scopes'

/** What a server component hands to everything about the team. */
export interface TeamFacts {
  tenant: string
  organizationName: string
  /** Where links begin. */
  publicUrl: string
  /** Without it, links are handed over by whoever invites. */
  sendsEmail: boolean
  /** The server's clock, epoch ms. */
  now: number
}

const ROLE_FILTER: ListFilter = {
  column: 'role',
  label: 'Role',
  options: ROLES.map((value) => ({ value, label: ROLE_FACTS[value].label })),
}

const TWO_FACTOR_FILTER: ListFilter = {
  column: 'twoFactor',
  label: 'Two-factor',
  options: [
    { value: 'on', label: 'With two-factor' },
    { value: 'off', label: 'Without two-factor' },
  ],
}

/** What the list of members can be filtered by. */
export function memberFilters(mayManage: boolean): readonly ListFilter[] {
  return mayManage ? [ROLE_FILTER, TWO_FACTOR_FILTER] : [ROLE_FILTER]
}

/** The roles as cards to choose from: what each may do. */
export const ROLE_OPTIONS = ROLES.map((role) => ({
  value: role,
  title: ROLE_FACTS[role].label,
  tagline: `${ROLE_FACTS[role].description} ${tokenReach(role)}`,
}))

function tokenReach(role: Role): string {
  const { length } = ROLE_FACTS[role].scopes
  return length === ALL_SCOPES.length
    ? 'Their tokens may get every scope.'
    : `Their tokens may get ${length} of ${ALL_SCOPES.length} scopes.`
}

/** "1 token", "3 tokens". */
export function tokenCount(count: number): string {
  return count === 1 ? '1 token' : `${count.toLocaleString('en-US')} tokens`
}
