'use client'

import { useId, useState, useTransition } from 'react'
import { editAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { FormSheet } from '@/components/settings/form-sheet'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { sameScopes } from '@/components/tokens/form/scope-change'
import { ScopePicker } from '@/components/tokens/form/scope-picker'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { notify } from '@/components/ui/notify'
import { normalizeScopes } from '@/lib/access/scopes'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import {
  type AccountDraft,
  accountProblems,
  focusFirstProblem,
  serverProblems,
} from './account-draft'
import { GrantChange } from './grant-change'
import { IdentityFields } from './identity-fields'

export type EditAccountSheetProps = {
  account: ServiceAccountDetail
  setting: TokenFormSetting
  onClose: () => void
  onDone: () => void
}

/** Mount to open. Name, description and grant, with what a new grant does to the account's tokens. */
export function EditAccountSheet({ account, setting, onClose, onDone }: EditAccountSheetProps) {
  const form = useEditForm({ account, setting, onClose, onDone })
  const baseId = useId()
  // Scopes that the account holds may stay, whoever edits it.
  const ceiling = normalizeScopes([...setting.ceiling, ...account.scopes])
  return (
    <FormSheet
      title={`Edit ${account.name}`}
      description="A narrower grant bites at each token’s next request. Secrets stay the same."
      size="lg"
      dirty={form.dirty}
      save={form}
      problemTitle="The service account was not changed"
      placed={false}
      submitLabel="Save changes"
      dialogs={form.reauthenticationDialog}
      onSubmit={() => form.submit(baseId)}
      onClose={onClose}
    >
      <IdentityFields
        baseId={baseId}
        draft={form.draft}
        onChange={form.change}
        errors={form.errors}
      />
      <ScopePicker
        id={`${baseId}-scopes`}
        value={form.draft.scopes}
        onChange={(scopes) => form.change({ scopes })}
        ceiling={ceiling}
        error={form.errors.scopes}
      />
      <GrantChange account={account} scopes={form.draft.scopes} />
    </FormSheet>
  )
}

function useEditForm({ account, setting, onClose, onDone }: EditAccountSheetProps) {
  const [draft, setDraft] = useState<AccountDraft>({
    name: account.name,
    description: account.description,
    scopes: account.scopes,
  })
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [saving, startTransition] = useTransition()
  const reauthentication = useReauthentication(setting.tenant)
  const changes = changesOf(draft, account)

  async function save() {
    const answer = await reauthentication.run(() =>
      attempt(() => editAccount(setting.tenant, { serviceAccountId: account.id, ...changes })),
    )
    if (!answer.ok) return setProblem(answer.problem)
    notify.success('Service account saved')
    onDone()
    onClose()
  }
  return {
    draft,
    problem,
    saving,
    dirty: Object.keys(changes).length > 0,
    errors: { ...serverProblems(problem), ...(tried ? accountProblems(draft) : {}) },
    reauthenticationDialog: reauthentication.dialog,
    change: (part: Partial<AccountDraft>) => setDraft({ ...draft, ...part }),
    submit(baseId: string) {
      setTried(true)
      setProblem(null)
      const found = accountProblems(draft)
      if (Object.keys(found).length > 0) focusFirstProblem(baseId, found)
      else if (Object.keys(changes).length === 0) onClose()
      else startTransition(save)
    },
  }
}

/** Only what differs is sent, so that nobody's other change is undone. */
function changesOf(draft: AccountDraft, account: ServiceAccountDetail): Partial<AccountDraft> {
  const name = draft.name.trim()
  const description = draft.description.trim()
  return {
    ...(name === account.name ? {} : { name }),
    ...(description === account.description ? {} : { description }),
    ...(sameScopes(draft.scopes, account.scopes) ? {} : { scopes: draft.scopes }),
  }
}
