'use client'

import { useId, useState } from 'react'
import { addAccountToken } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { focusFirst } from '@/components/settings/focus-first'
import { ProblemNotice } from '@/components/settings/problem-notice'
import {
  defaultExpiry,
  type ExpiryChoice,
  expiryDays,
  expiryMoment,
  expiryProblem,
} from '@/components/tokens/form/expiry-choice'
import { ExpiryField } from '@/components/tokens/form/expiry-field'
import { MintingSheet } from '@/components/tokens/form/minting-sheet'
import { ScopePicker } from '@/components/tokens/form/scope-picker'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { TokenNameField } from '@/components/tokens/form/token-name-field'
import { useMinting } from '@/components/tokens/form/use-minting'
import type { Scope } from '@/lib/access/scopes'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { tokenNameProblem } from '@/lib/tokens/limits'
import { reviewSentence } from '@/lib/tokens/review-sentence'

export type AddTokenSheetProps = {
  account: ServiceAccountDetail
  setting: TokenFormSetting
  onClose: () => void
}

interface Draft {
  name: string
  expiry: ExpiryChoice
  scopes: Scope[]
}

/** Mount to open. One more token of the account, within its grant; then the secret, once. */
export function AddTokenSheet({ account, setting, onClose }: AddTokenSheetProps) {
  const ceiling = account.scopes.filter((scope) => setting.ceiling.includes(scope))
  const [initial] = useState(
    (): Draft => ({ name: '', expiry: defaultExpiry(setting.policy), scopes: ceiling }),
  )
  const [draft, setDraft] = useState(initial)
  const [tried, setTried] = useState(false)
  const minting = useMinting(setting)
  const baseId = useId()
  const problems = tried ? problemsOf(draft, setting) : {}
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })

  async function submit() {
    setTried(true)
    const found = problemsOf(draft, setting)
    if (Object.keys(found).length > 0) return focusFirst(baseId, found)
    const token = {
      name: draft.name.trim(),
      scopes: draft.scopes,
      expirationDays: expiryDays(draft.expiry, setting.now) ?? null,
    }
    await minting.submit((idempotencyKey) =>
      addAccountToken(setting.tenant, { serviceAccountId: account.id, token, idempotencyKey }),
    )
  }
  return (
    <MintingSheet
      title={`Add a token to ${account.name}`}
      description="One token for each place that runs the workload: each can be rotated and revoked alone."
      submitLabel="Add token"
      doneTitle="Token added"
      dirty={draft !== initial}
      minting={minting}
      onSubmit={submit}
      onClose={onClose}
      footer={<Review draft={draft} now={setting.now} />}
    >
      <ProblemNotice problem={minting.problem} title="The token was not added" />
      <TokenNameField
        id={`${baseId}-name`}
        value={draft.name}
        onChange={(name) => change({ name })}
        error={problems.name ?? errorAt(minting.problem, '/token/name')}
      />
      <ExpiryField
        id={`${baseId}-expiry`}
        value={draft.expiry}
        onChange={(expiry) => change({ expiry })}
        policy={setting.policy}
        now={setting.now}
        error={
          problems.expiry ?? errorAt(minting.problem, '/expirationDays', '/token/expirationDays')
        }
      />
      <ScopePicker
        id={`${baseId}-scopes`}
        value={draft.scopes}
        onChange={(scopes) => change({ scopes })}
        ceiling={ceiling}
        beyondCeiling="Not granted to this account"
        error={problems.scopes ?? errorAt(minting.problem, '/scopes', '/token/scopes')}
      />
    </MintingSheet>
  )
}

function problemsOf(draft: Draft, setting: TokenFormSetting) {
  const name = tokenNameProblem(draft.name)
  const expiry = expiryProblem(draft.expiry, setting.policy, setting.now)
  return {
    ...(name ? { name } : {}),
    ...(expiry ? { expiry } : {}),
    ...(draft.scopes.length === 0 ? { scopes: 'Choose at least one scope.' } : {}),
  }
}

function Review({ draft, now }: { draft: Draft; now: number }) {
  const expiresAt = expiryMoment(draft.expiry, now) ?? null
  return <p className="text-muted text-sm">{reviewSentence({ scopes: draft.scopes, expiresAt })}</p>
}
