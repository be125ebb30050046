'use client'

import { useId, useState } from 'react'
import { errorAt } from '@/components/settings/action-outcome'
import { focusFirst } from '@/components/settings/focus-first'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { Callout } from '@/components/ui/callout'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Scope } from '@/lib/access/scopes'
import { DAY_MS, type MintedToken, type TokenSummary } from '@/lib/tokens/model'
import { defaultExpiry, type ExpiryChoice, expiryDays, mayNeverExpire } from './expiry-choice'
import { MintingSheet } from './minting-sheet'
import { RotateFields, type RotationDraft } from './rotate-fields'
import { sameScopes } from './scope-change'
import { draftProblems } from './token-draft'
import type { RotateCall, RotationRequest, TokenFormSetting } from './token-form-contract'
import { useMinting } from './use-minting'

export type RotateSheetProps = {
  token: TokenSummary
  setting: TokenFormSetting
  rotate: RotateCall
  /** Starts with these scopes instead of the token's: right-sizing. */
  initialScopes?: readonly Scope[] | undefined
  onRotated?: ((minted: MintedToken) => void) | undefined
  onClose: () => void
}

/** Mount to open. First the consequence, then what to change, then the new secret. */
export function RotateSheet(props: RotateSheetProps) {
  const { token, setting, rotate, onClose } = props
  const [initial] = useState(() => firstDraft(props))
  const [draft, setDraft] = useState(initial)
  const [tried, setTried] = useState(false)
  const minting = useMinting(setting)
  const baseId = useId()
  const problems = tried ? draftProblems(draft, setting) : {}
  const errors = {
    name: problems.name ?? errorAt(minting.problem, '/name'),
    expiry: problems.expiry ?? errorAt(minting.problem, '/expirationDays', '/expiresAt'),
    scopes: problems.scopes ?? errorAt(minting.problem, '/scopes'),
  }

  async function submit() {
    setTried(true)
    const found = draftProblems(draft, setting)
    if (Object.keys(found).length > 0) return focusFirst(baseId, found)
    const made = await minting.submit((key) => rotate(requestOf(draft, token, setting), key))
    if (made) props.onRotated?.(made)
  }

  return (
    <MintingSheet
      title={`Rotate ${token.name}`}
      description="A new secret replaces the old one; history and activity stay together."
      submitLabel="Rotate token"
      doneTitle="Token rotated"
      dirty={draft !== initial}
      minting={minting}
      onSubmit={submit}
      onClose={onClose}
    >
      <Consequence token={token} overlaps={draft.graceSeconds > 0} now={setting.now} />
      <ProblemNotice problem={minting.problem} title="The token was not rotated" />
      <RotateFields
        baseId={baseId}
        token={token}
        setting={setting}
        draft={draft}
        onChange={setDraft}
        errors={errors}
      />
    </MintingSheet>
  )
}

function Consequence(props: { token: TokenSummary; overlaps: boolean; now: number }) {
  const { token, overlaps, now } = props
  return (
    <Callout
      tone="warning"
      title={
        overlaps
          ? 'The old secret stops working when the overlap ends'
          : 'The old secret stops working immediately'
      }
    >
      {token.lastUsedAt === null ? (
        'It has never been used.'
      ) : (
        <>
          Last used <RelativeTime at={token.lastUsedAt} now={now} />
          {token.lastUsedIp ? (
            <>
              {' '}
              from <code>{token.lastUsedIp}</code>
            </>
          ) : null}
          . Whatever still sends it will be refused.
        </>
      )}
    </Callout>
  )
}

function firstDraft({ token, setting, initialScopes }: RotateSheetProps): RotationDraft {
  return {
    name: token.name,
    expiry: keptOrDefault(token, setting),
    scopes: [...(initialScopes ?? token.scopes)].filter((scope) => setting.ceiling.includes(scope)),
    graceSeconds: 0,
  }
}

/** The date is kept unless policy would refuse it for a new secret. */
function keptOrDefault(token: TokenSummary, setting: TokenFormSetting): ExpiryChoice {
  const { policy, now } = setting
  const max = policy.maxLifetimeDays
  const tooLate =
    token.expiresAt === null
      ? !mayNeverExpire(policy)
      : max !== null && token.expiresAt - now > max * DAY_MS
  return tooLate ? defaultExpiry(policy) : { kind: 'keep' }
}

function requestOf(
  draft: RotationDraft,
  token: TokenSummary,
  setting: TokenFormSetting,
): RotationRequest {
  const days = expiryDays(draft.expiry, setting.now)
  return {
    ...(draft.name.trim() === token.name ? {} : { name: draft.name.trim() }),
    ...(days === undefined ? {} : { expirationDays: days }),
    ...(sameScopes(draft.scopes, token.scopes) ? {} : { scopes: draft.scopes }),
    ...(draft.graceSeconds === 0 ? {} : { graceSeconds: draft.graceSeconds }),
  }
}
