import type { Role } from '@/lib/access/roles'

/** Pure facts of members and invitations; isomorphic. All times are epoch ms. */

export const INVITATION_DAYS = 7
export const INVITATIONS_AT_ONCE = 50
export const INVITATION_MESSAGE_MAX = 500

/** What somebody can prove who they are by, besides a password. */
export interface SecondFactors {
  app: boolean
  passkey: boolean
}

export function hasSecondFactor(factors: SecondFactors | null): factors is SecondFactors {
  return factors !== null && (factors.app || factors.passkey)
}

export interface Member {
  userId: string
  displayName: string
  email: string
  avatarId: string | null
  role: Role
  joinedAt: number
  lastActiveAt: number | null
  /** Live personal tokens in this organization; null where the caller may not know. */
  tokenCount: number | null
  /** Null where the caller may not know: only those who manage the team do. */
  twoFactor: SecondFactors | null
  /** The caller. */
  you: boolean
}

export interface PendingInvitation {
  id: string
  email: string
  role: Role
  invitedBy: string
  sentAt: number
  expiresAt: number
  /** By the database's clock when it was read. */
  expired: boolean
}

/** A link that was made just now: `linkPath` is in this answer and nowhere else. */
export interface SentInvitation {
  invitationId: string
  email: string
  linkPath: string
  expiresAt: number
}

export type InviteOutcome =
  | ({ outcome: 'invited' | 'replaced' } & SentInvitation)
  | { outcome: 'already-member'; email: string }

/** What somebody who holds an invitation's link is told. */
export interface UsableInvitation {
  state: 'usable'
  organizationName: string
  roleLabel: string
  invitedBy: string
  email: string
  /** Whoever it was sent to can sign in already. */
  hasAccount: boolean
  expiresAt: number
  message: string
}

/** `ended`: unknown, used, withdrawn, replaced and expired alike. */
export type InvitationState = UsableInvitation | { state: 'ended' }

/** True where a change of role hands out, or takes away, power over the whole organization. */
export function concernsAdmin(before: Role, after: Role): boolean {
  return before !== after && (before === 'ADMIN' || after === 'ADMIN')
}
