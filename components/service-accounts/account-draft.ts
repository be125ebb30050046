import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import {
  type ExpiryChoice,
  type ExpiryPolicy,
  expiryProblem,
} from '@/components/tokens/form/expiry-choice'
import type { Scope } from '@/lib/access/scopes'
import { descriptionProblem } from '@/lib/service-accounts/limits'
import { tokenNameProblem } from '@/lib/tokens/limits'

/** What the form of a service account holds, and what is wrong with it. */

export interface AccountDraft {
  name: string
  description: string
  scopes: Scope[]
}

export interface NewAccountDraft extends AccountDraft {
  /** Of the first token; the account itself never expires. */
  expiry: ExpiryChoice
}

export type AccountField = 'name' | 'description' | 'expiry' | 'scopes'
export type AccountProblems = Partial<Record<AccountField, string>>

const FIELD_ORDER: readonly AccountField[] = ['name', 'description', 'scopes', 'expiry']

export function accountProblems(draft: AccountDraft): AccountProblems {
  const name =
    draft.name.trim() === ''
      ? 'Give the account a name, such as prod-agent-runner.'
      : tokenNameProblem(draft.name)
  const description = descriptionProblem(draft.description)
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    ...(draft.scopes.length === 0 ? { scopes: 'Choose a preset or at least one scope.' } : {}),
  }
}

export function newAccountProblems(
  draft: NewAccountDraft,
  policy: ExpiryPolicy,
  now: number,
): AccountProblems {
  const expiry = expiryProblem(draft.expiry, policy, now)
  return { ...accountProblems(draft), ...(expiry ? { expiry } : {}) }
}

/** Complaints of the server, by field. */
export function serverProblems(problem: ActionProblem | null): AccountProblems {
  const found: [AccountField, string | undefined][] = [
    ['name', errorAt(problem, '/name', '/account/name')],
    ['description', errorAt(problem, '/description', '/account/description')],
    ['scopes', errorAt(problem, '/scopes', '/account/scopes')],
    ['expiry', errorAt(problem, '/keyExpirationDays', '/account/keyExpirationDays')],
  ]
  return Object.fromEntries(found.filter(([, detail]) => detail !== undefined))
}

/** Focuses the first control that has a problem; ids are `<base>-<field>`. */
export function focusFirstProblem(baseId: string, problems: AccountProblems): void {
  const field = FIELD_ORDER.find((candidate) => problems[candidate])
  if (field) document.getElementById(`${baseId}-${field}`)?.focus()
}
