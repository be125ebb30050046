import type { Scope } from '@/lib/access/scopes'

/** Who looks at the tokens, and what they may do with them. */
export interface TokenViewer {
  id: string
  /** Admin: everyone's tokens, and may revoke them. */
  seesEveryone: boolean
  mayWrite: boolean
  /** The most that the viewer may grant. */
  ceiling: readonly Scope[]
}
