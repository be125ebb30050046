'use client'

import { useState } from 'react'
import type { TokenField } from '@/components/settings/focus-first'
import { ScopeDiff } from '@/components/settings/scope-diff'
import { Button } from '@/components/ui/button'
import type { TokenSummary } from '@/lib/tokens/model'
import { utcDate } from '@/lib/tokens/utc-date'
import { expiryMoment } from './expiry-choice'
import { ExpiryField } from './expiry-field'
import { OverlapField } from './overlap-field'
import { sameScopes } from './scope-change'
import { ScopePicker } from './scope-picker'
import type { TokenDraft } from './token-draft'
import type { TokenFormSetting } from './token-form-contract'
import { TokenNameField } from './token-name-field'

export interface RotationDraft extends TokenDraft {
  graceSeconds: number
}

export type RotateFieldsProps = {
  /** Ids of the controls start with it. */
  baseId: string
  token: TokenSummary
  setting: TokenFormSetting
  draft: RotationDraft
  onChange: (draft: RotationDraft) => void
  errors: Partial<Record<TokenField, string | undefined>>
}

export function RotateFields(props: RotateFieldsProps) {
  const { baseId, token, setting, draft, onChange, errors } = props
  const set = (change: Partial<RotationDraft>) => onChange({ ...draft, ...change })
  return (
    <>
      <TokenNameField
        id={`${baseId}-name`}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={errors.name}
      />
      <ExpiryField
        id={`${baseId}-expiry`}
        value={draft.expiry}
        onChange={(expiry) => set({ expiry })}
        policy={setting.policy}
        now={setting.now}
        keep={{ expiresAt: token.expiresAt }}
        error={errors.expiry}
      />
      <OverlapField
        seconds={draft.graceSeconds}
        onChange={(graceSeconds) => set({ graceSeconds })}
        now={setting.now}
        oldExpiresAt={token.effectiveExpiresAt}
      />
      <ScopesOfRotation {...props} />
      <Changes token={token} setting={setting} draft={draft} />
    </>
  )
}

/** The picker is long and seldom needed: it opens on demand, or where the scopes already differ. */
function ScopesOfRotation({ baseId, token, setting, draft, onChange, errors }: RotateFieldsProps) {
  const [open, setOpen] = useState(!sameScopes(draft.scopes, token.scopes))
  if (!open && !errors.scopes) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg border border-subtle px-3 py-2">
        <p className="text-sm">
          <span className="font-medium">Access</span>{' '}
          <span className="text-muted">keeps its {token.scopes.length} scopes.</span>
        </p>
        <Button size="sm" onClick={() => setOpen(true)}>
          Change scopes
        </Button>
      </div>
    )
  }
  return (
    <ScopePicker
      id={`${baseId}-scopes`}
      value={draft.scopes}
      onChange={(scopes) => onChange({ ...draft, scopes })}
      ceiling={setting.ceiling}
      beyondCeiling={setting.beyondCeiling}
      error={errors.scopes}
    />
  )
}

function Changes({
  token,
  setting,
  draft,
}: Pick<RotateFieldsProps, 'token' | 'setting' | 'draft'>) {
  const renamed = draft.name.trim() !== token.name
  const moved = draft.expiry.kind !== 'keep'
  const rescoped = !sameScopes(draft.scopes, token.scopes)
  if (!renamed && !moved && !rescoped) return null
  const end = expiryMoment(draft.expiry, setting.now, token.expiresAt)
  return (
    <section
      aria-label="What changes"
      className="flex flex-col gap-3 rounded-lg border border-subtle p-4"
    >
      <h3 className="font-medium text-ink text-sm">What changes</h3>
      {renamed ? <BeforeAfter label="Name" before={token.name} after={draft.name.trim()} /> : null}
      {moved ? (
        <BeforeAfter
          label="Expiry"
          before={dateWords(token.expiresAt)}
          after={end === undefined ? '…' : dateWords(end)}
        />
      ) : null}
      {rescoped ? <ScopeDiff before={token.scopes} after={draft.scopes} /> : null}
    </section>
  )
}

function BeforeAfter({ label, before, after }: { label: string; before: string; after: string }) {
  return (
    <p className="text-sm [overflow-wrap:anywhere]">
      <span className="text-muted">{label}: </span>
      <del className="text-muted">{before}</del>
      <span aria-hidden> → </span>
      <ins className="font-medium no-underline">{after}</ins>
    </p>
  )
}

const dateWords = (at: number | null): string => (at === null ? 'no expiry' : utcDate(at))
