'use client'

import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { createAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { defaultExpiry, expiryDays, expiryMoment } from '@/components/tokens/form/expiry-choice'
import { ExpiryField } from '@/components/tokens/form/expiry-field'
import { MintingSheet } from '@/components/tokens/form/minting-sheet'
import { ScopePicker } from '@/components/tokens/form/scope-picker'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { useMinting } from '@/components/tokens/form/use-minting'
import { reviewSentence } from '@/lib/tokens/review-sentence'
import {
  focusFirstProblem,
  type NewAccountDraft,
  newAccountProblems,
  serverProblems,
} from './account-draft'
import { IdentityFields } from './identity-fields'

export type CreateAccountSheetProps = {
  setting: TokenFormSetting
  /** Where an account's page is, without the id. */
  baseHref: string
  onClose: () => void
}

/** Mount to open. An account with its first token; then that token's secret, once. */
export function CreateAccountSheet({ setting, baseHref, onClose }: CreateAccountSheetProps) {
  const router = useRouter()
  const [initial] = useState(
    (): NewAccountDraft => ({
      name: '',
      description: '',
      scopes: [],
      expiry: defaultExpiry(setting.policy),
    }),
  )
  const [draft, setDraft] = useState(initial)
  const [tried, setTried] = useState(false)
  const minting = useMinting(setting)
  const baseId = useId()
  const problems = tried ? newAccountProblems(draft, setting.policy, setting.now) : {}
  const errors = { ...serverProblems(minting.problem), ...problems }
  const change = (part: Partial<NewAccountDraft>) => setDraft({ ...draft, ...part })

  async function submit() {
    setTried(true)
    const found = newAccountProblems(draft, setting.policy, setting.now)
    if (Object.keys(found).length > 0) return focusFirstProblem(baseId, found)
    await minting.submit((idempotencyKey) => sendAccount(draft, setting, idempotencyKey))
  }
  function close() {
    onClose()
    if (!minting.minted) return
    router.push(`${baseHref}/${minting.minted.summary.owner.id}`)
    // Only now: with the secret out of sight, the list behind may be read anew.
    router.refresh()
  }
  return (
    <MintingSheet
      title="Create service account"
      description="An identity for a workload. It acts as itself, and outlives whoever created it."
      submitLabel="Create service account"
      doneTitle="Service account created"
      dirty={draft !== initial}
      minting={minting}
      onSubmit={submit}
      onClose={close}
      footer={<Review draft={draft} now={setting.now} />}
    >
      <ProblemNotice problem={minting.problem} title="The service account was not created" />
      <IdentityFields baseId={baseId} draft={draft} onChange={change} errors={errors} />
      <ScopePicker
        id={`${baseId}-scopes`}
        value={draft.scopes}
        onChange={(scopes) => change({ scopes })}
        ceiling={setting.ceiling}
        error={errors.scopes}
      />
      <ExpiryField
        id={`${baseId}-expiry`}
        label="Expiry of the first token"
        value={draft.expiry}
        onChange={(expiry) => change({ expiry })}
        policy={setting.policy}
        now={setting.now}
        error={errors.expiry}
      />
    </MintingSheet>
  )
}

async function sendAccount(
  draft: NewAccountDraft,
  setting: TokenFormSetting,
  idempotencyKey: string,
) {
  const account = {
    name: draft.name.trim(),
    description: draft.description.trim(),
    scopes: draft.scopes,
    keyExpirationDays: expiryDays(draft.expiry, setting.now) ?? null,
  }
  const answer = await createAccount(setting.tenant, { account, idempotencyKey })
  return answer.ok ? { ok: true as const, data: answer.data.minted } : answer
}

function Review({ draft, now }: { draft: NewAccountDraft; now: number }) {
  const expiresAt = expiryMoment(draft.expiry, now)
  return (
    <p className="text-muted text-sm">
      {reviewSentence({
        scopes: draft.scopes,
        expiresAt: expiresAt ?? null,
        subject: 'Its first token',
      })}
    </p>
  )
}
