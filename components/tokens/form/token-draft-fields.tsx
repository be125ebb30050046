'use client'

import type { ReactNode } from 'react'
import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { ExpiryField } from './expiry-field'
import { ScopePicker } from './scope-picker'
import type { DraftProblems, TokenDraft } from './token-draft'
import type { TokenFormSetting } from './token-form-contract'
import { TokenNameField } from './token-name-field'

export type TokenDraftFieldsProps = {
  /** Ids of the fields start with it (`focusFirst`). */
  baseId: string
  draft: TokenDraft
  onChange: (draft: TokenDraft) => void
  setting: Pick<TokenFormSetting, 'policy' | 'now' | 'ceiling'>
  /** Found here; the server's complaints come with `problem`. */
  found: DraftProblems
  problem: ActionProblem | null
  /** Offers to keep this expiry. */
  keep?: { expiresAt: number | null } | undefined
  nameHint?: string | undefined
  advice?: ReactNode | undefined
}

/** Name, expiry, access: in this order in every form. */
export function TokenDraftFields(props: TokenDraftFieldsProps) {
  const { baseId, draft, onChange, setting, found, problem } = props
  const set = (change: Partial<TokenDraft>) => onChange({ ...draft, ...change })
  return (
    <>
      <TokenNameField
        id={`${baseId}-name`}
        value={draft.name}
        onChange={(name) => set({ name })}
        description={props.nameHint}
        error={found.name ?? errorAt(problem, '/name')}
      />
      <ExpiryField
        id={`${baseId}-expiry`}
        value={draft.expiry}
        onChange={(expiry) => set({ expiry })}
        policy={setting.policy}
        now={setting.now}
        keep={props.keep}
        error={found.expiry ?? errorAt(problem, '/expirationDays', '/expiresAt')}
      />
      <ScopePicker
        id={`${baseId}-scopes`}
        value={draft.scopes}
        onChange={(scopes) => set({ scopes })}
        ceiling={setting.ceiling}
        advice={props.advice}
        error={found.scopes ?? errorAt(problem, '/scopes', '/preset')}
      />
    </>
  )
}
