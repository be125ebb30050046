import type { Context } from '@/lib/context'

/** What an operation is tried on. */
export interface Target {
  tokenId: string
  secret: string
  serviceAccountId: string
  /** A member. */
  userId: string
  invitationId: string
  agent: string
  /** A run of the agent's evaluation. */
  evaluation: string
}

export interface Operation {
  on: 'organization' | 'token' | 'service-account' | 'member' | 'invitation' | 'agent'
  /** Leaves its target as it was, so that others may be tried on the same one. */
  isRead?: true
  /** Answers the outcome in a word where "allowed" would say too little. */
  run(ctx: Context, target: Target): unknown
}

/** A GIF of one pixel. */
export const PICTURE = Buffer.from('R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=', 'base64')

/** A throttle that never closes: the count of attempts is not what the tables are about. */
export const UNCOUNTED = {
  count: async () => undefined,
  forgive: async () => undefined,
  release: async () => undefined,
}
