import type { TokenField } from '@/components/settings/focus-first'
import type { Scope } from '@/lib/access/scopes'
import { tokenNameProblem } from '@/lib/tokens/limits'
import { type ExpiryChoice, type ExpiryPolicy, expiryProblem } from './expiry-choice'

/** What the forms about a token hold in common. */
export interface TokenDraft {
  name: string
  expiry: ExpiryChoice
  scopes: Scope[]
}

export type DraftProblems = Partial<Record<TokenField, string>>

/** What cannot be sent, by field; empty where all can. */
export function draftProblems(
  draft: TokenDraft,
  setting: { policy: ExpiryPolicy; now: number },
): DraftProblems {
  const name = tokenNameProblem(draft.name)
  const expiry = expiryProblem(draft.expiry, setting.policy, setting.now)
  return {
    ...(name ? { name } : {}),
    ...(expiry ? { expiry } : {}),
    ...(draft.scopes.length === 0 ? { scopes: 'Choose a preset or at least one scope.' } : {}),
  }
}
