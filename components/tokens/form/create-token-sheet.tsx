'use client'

import { useId, useState } from 'react'
import type { Outcome } from '@/components/settings/action-outcome'
import { focusFirst } from '@/components/settings/focus-first'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { Callout } from '@/components/ui/callout'
import { presetOf } from '@/lib/access/presets'
import type { Scope } from '@/lib/access/scopes'
import type { MintedToken } from '@/lib/tokens/model'
import { reviewSentence } from '@/lib/tokens/review-sentence'
import type { MintTokenInput } from '@/lib/tokens/schema'
import { expiryDays, expiryMoment } from './expiry-choice'
import { MintingSheet } from './minting-sheet'
import { draftProblems, type TokenDraft } from './token-draft'
import { TokenDraftFields } from './token-draft-fields'
import type { TokenFormSetting } from './token-form-contract'
import { useMinting } from './use-minting'

export type CreateTokenSheetProps = {
  setting: TokenFormSetting
  /** What the form starts with: empty, or from the link that led here. */
  initial: TokenDraft
  mint: (input: MintTokenInput, idempotencyKey: string) => Promise<Outcome<MintedToken>>
  /** `made`: a token exists that the list does not show yet. */
  onClose: (made: boolean) => void
}

/** Mount to open. Name, expiry, access, one sentence to review; then the secret, once. */
export function CreateTokenSheet({ setting, initial, mint, onClose }: CreateTokenSheetProps) {
  const [start] = useState(initial)
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const minting = useMinting(setting)
  const baseId = useId()

  async function submit() {
    setTried(true)
    const found = draftProblems(draft, setting)
    if (Object.keys(found).length > 0) return focusFirst(baseId, found)
    await minting.submit((key) => mint(inputOf(draft, setting), key))
  }

  return (
    <MintingSheet
      title="Create personal token"
      description="It acts as you, within its scopes and your role at each request."
      submitLabel="Create token"
      doneTitle="Token created"
      dirty={draft !== start}
      minting={minting}
      onSubmit={submit}
      onClose={() => onClose(minting.made)}
      footer={<Review draft={draft} setting={setting} />}
    >
      <ProblemNotice problem={minting.problem} title="The token was not created" />
      <TokenDraftFields
        baseId={baseId}
        draft={draft}
        onChange={setDraft}
        setting={setting}
        found={tried ? draftProblems(draft, setting) : {}}
        problem={minting.problem}
        nameHint="Say where it will live: one token for each consumer."
        advice={<AccessAdvice scopes={draft.scopes} />}
      />
    </MintingSheet>
  )
}

function Review({ draft, setting }: { draft: TokenDraft; setting: TokenFormSetting }) {
  const expiresAt = expiryMoment(draft.expiry, setting.now)
  if (expiresAt === undefined) return null
  return (
    <p className="line-clamp-3 text-muted text-sm" aria-live="polite">
      {reviewSentence({ scopes: draft.scopes, expiresAt })}
    </p>
  )
}

/** What two of the presets do beyond what their names say. */
export function AccessAdvice({ scopes }: { scopes: readonly Scope[] }) {
  const preset = presetOf(scopes)
  if (preset === 'read-only') {
    return (
      <Callout tone="info" title="Read-only can list tokens">
        It includes keys:read: names, scopes and history of your tokens, never a secret. Clear Read
        in the Tokens row if it need not.
      </Callout>
    )
  }
  if (preset === 'admin') {
    return (
      <Callout tone="warning" title="Every scope">
        Meant for one-off work. Give it a short life, and nothing that stays deployed.
      </Callout>
    )
  }
  return null
}

function inputOf(draft: TokenDraft, setting: TokenFormSetting): MintTokenInput {
  return {
    name: draft.name.trim(),
    scopes: draft.scopes,
    expirationDays: expiryDays(draft.expiry, setting.now) ?? null,
  }
}
