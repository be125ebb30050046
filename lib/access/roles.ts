import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'

export const ROLES = ['ADMIN', 'FINANCE', 'MEMBER'] as const
export type Role = (typeof ROLES)[number]

/** Permissions of people at the keyboard. No token can carry them. */
export const HUMAN_PERMISSIONS = [
  'profile:write',
  'members:read',
  'members:write',
  'usage:read',
  'prices:read',
  'prices:write',
  'budgets:write',
  'billing:read',
  'billing:write',
  'billing:edit_details',
] as const
export type HumanPermission = (typeof HUMAN_PERMISSIONS)[number]

export type Permission = Scope | HumanPermission

export interface RoleFacts {
  label: string
  description: string
  /** Ceiling of every token the person owns, computed again at each request. */
  scopes: readonly Scope[]
  human: readonly HumanPermission[]
  /** Whose tokens and service accounts the person sees: everyone's, or only their own tokens. */
  inventory: 'organization' | 'own'
}

const MEMBER_HELD_BACK: readonly Scope[] = [
  'integrations:write',
  'llm_providers:write',
  'llm_providers:test',
  'connectors:write',
  'organization:write',
]

export const ROLE_FACTS: Record<Role, RoleFacts> = {
  ADMIN: {
    label: 'Admin',
    description: 'Runs the organization: members, billing, policy, every token.',
    scopes: ALL_SCOPES,
    human: HUMAN_PERMISSIONS,
    inventory: 'organization',
  },
  FINANCE: {
    label: 'Finance',
    description: 'Reads usage, billing, prices and invoices; edits billing e-mail and tax details.',
    scopes: [
      'agents:read',
      'executions:read',
      'traces:read',
      'keys:read',
      'keys:write',
      'organization:read',
    ],
    human: [
      'profile:write',
      'members:read',
      'usage:read',
      'prices:read',
      'billing:read',
      'billing:edit_details',
    ],
    inventory: 'own',
  },
  MEMBER: {
    label: 'Member',
    description: 'Builds and runs agents; manages their own profile and tokens.',
    scopes: ALL_SCOPES.filter((scope) => !MEMBER_HELD_BACK.includes(scope)),
    human: ['profile:write', 'members:read', 'usage:read', 'prices:read'],
    inventory: 'own',
  },
}
