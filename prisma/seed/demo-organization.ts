import type { Role } from '@/lib/access/roles'
import type { Scope } from '@/lib/access/scopes'
import type { TokenPolicy } from '@/lib/context'

/** How a demo organization is written down. Every "ago" and "in" is in days, so that a demo never ages. */

export interface DemoOrganization {
  slug: string
  name: string
  createdAgo: number
  policy: TokenPolicy & { changedAgo?: number }
  people: DemoPerson[]
  serviceAccounts: DemoServiceAccount[]
  tokens: DemoToken[]
  invitations?: DemoInvitation[]
}

export interface DemoPerson {
  email: string
  displayName: string
  /** null: has left; the rows that name the person stay. */
  role: Role | null
  joinedAgo: number
  activeAgo?: number
}

/** Nobody has answered it yet. */
export interface DemoInvitation {
  email: string
  role: Role
  by: string
  sentAgo: number
  message?: string
}

export interface DemoServiceAccount {
  name: string
  description: string
  scopes: readonly Scope[]
  createdBy: string
  createdAgo: number
  /** Its grant until it was narrowed: shows a scope change in the audit log. */
  narrowed?: { ago: number; from: readonly Scope[]; by: string }
  suspended?: { ago: number; by: string }
  revoked?: { ago: number; by: string }
}

/** One logical token: a family of one secret, or of several after rotations. */
export interface DemoToken {
  name: string
  /** E-mail of a person, or the name of a service account. */
  owner: string
  /** E-mail; absent = the owner. */
  mintedBy?: string
  scopes: readonly Scope[]
  createdAgo: number
  /** Days from now until the newest secret expires; negative = it has; null = never. */
  expiresIn: number | null
  /** Days ago of each rotation, oldest first. */
  rotatedAgo?: number[]
  /** How long the secret before the newest one goes on working after its rotation. */
  overlapDays?: number
  revoked?: { ago: number; by: string; reason?: 'REVOKED' | 'OWNER_REMOVED' }
  /** Its newest secret was seen where it does not belong, and ended by that if it was alive. */
  leaked?: {
    ago: number
    source: 'GITHUB' | 'ANYBODY'
    kind?: string
    url: string
    comment?: string
  }
  /** Somebody went on using it after its end. */
  usedAfterEndAgo?: number
  /** Known to the older system by this prefix, brought here by its digest. */
  legacyPrefix?: 'fx_live_' | 'fxn_live_'
  traffic?: DemoTraffic
}

export interface DemoTraffic {
  callsPerDay: number
  /** When in the day: all day, in working hours, or in the night. */
  hours: 'always' | 'office' | 'night'
  userAgent: string
  ip: string
  /** Calls are spread over these by weight; a scope of the token that none names stays unused. */
  calls: DemoCall[]
  /** Of a thousand calls, how many fail with 5xx, 4xx or 429. */
  failuresPerMille?: number
}

export interface DemoCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** After /v1/tenants/{tenant}. */
  path: string
  scope: Scope | null
  weight: number
  latencyMs: number
}
