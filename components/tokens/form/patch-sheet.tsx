'use client'

import { type FormEvent, useId, useState, useTransition } from 'react'
import { type ActionProblem, attempt, type Outcome } from '@/components/settings/action-outcome'
import { focusFirst } from '@/components/settings/focus-first'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { ScopeDiff } from '@/components/settings/scope-diff'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { Scope } from '@/lib/access/scopes'
import type { TokenSummary } from '@/lib/tokens/model'
import type { PatchTokenInput } from '@/lib/tokens/schema'
import { expiryDays } from './expiry-choice'
import { sameScopes } from './scope-change'
import { draftProblems, type TokenDraft } from './token-draft'
import { TokenDraftFields } from './token-draft-fields'
import type { TokenFormSetting } from './token-form-contract'

export type PatchSheetProps = {
  token: TokenSummary
  setting: Omit<TokenFormSetting, 'publicUrl'>
  /** Starts with these scopes instead of the token's: right-sizing. */
  initialScopes?: readonly Scope[] | undefined
  patch: (change: PatchTokenInput) => Promise<Outcome<TokenSummary>>
  /** `saved`: the page shows old facts. */
  onClose: (saved: boolean) => void
}

/** Mount to open. Changes a token whose secret stays the same. */
export function PatchSheet({ token, setting, initialScopes, patch, onClose }: PatchSheetProps) {
  const [start] = useState<TokenDraft>(() => ({
    name: token.name,
    expiry: { kind: 'keep' },
    scopes: [...(initialScopes ?? token.scopes)],
  }))
  const [draft, setDraft] = useState(start)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [tried, setTried] = useState(false)
  const [saving, startTransition] = useTransition()
  const guard = useUnsavedGuard(draft !== start)
  const reauthentication = useReauthentication(setting.tenant)
  const baseId = useId()
  const requestClose = () => (saving ? undefined : guard.ask(() => onClose(false)))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (saving) return
    setTried(true)
    const found = draftProblems(draft, setting)
    if (Object.keys(found).length > 0) return focusFirst(baseId, found)
    const change = changeOf(draft, token, setting.now)
    if (Object.keys(change).length === 0) return onClose(false)
    startTransition(async () => {
      // Widening hands out power, so the server may want proof of identity first.
      const outcome = await reauthentication.run(() => attempt(() => patch(change)))
      if (outcome.ok) onClose(true)
      else setProblem(outcome.problem)
    })
  }

  return (
    <Sheet open>
      <SheetContent size="lg" onRequestClose={requestClose}>
        <SheetHeader
          title={`Edit ${token.name}`}
          description="The secret stays the same; the change applies from the next request on."
        />
        <SheetBody>
          <form id={`${baseId}-form`} noValidate onSubmit={submit} className="flex flex-col gap-6">
            <ProblemNotice problem={problem} title="The token was not changed" />
            <TokenDraftFields
              baseId={baseId}
              draft={draft}
              onChange={setDraft}
              setting={setting}
              found={tried ? draftProblems(draft, setting) : {}}
              problem={problem}
              keep={{ expiresAt: token.expiresAt }}
            />
            {sameScopes(draft.scopes, token.scopes) ? null : (
              <section aria-label="Scope changes" className="rounded-lg border border-subtle p-4">
                <ScopeDiff before={token.scopes} after={draft.scopes} />
              </section>
            )}
          </form>
        </SheetBody>
        <SheetFooter>
          <Button onClick={requestClose}>Cancel</Button>
          <Button type="submit" form={`${baseId}-form`} variant="primary" loading={saving}>
            Save changes
          </Button>
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
      {reauthentication.dialog}
    </Sheet>
  )
}

function changeOf(draft: TokenDraft, token: TokenSummary, now: number): PatchTokenInput {
  const days = expiryDays(draft.expiry, now)
  return {
    ...(draft.name.trim() === token.name ? {} : { name: draft.name.trim() }),
    ...(days === undefined ? {} : { expirationDays: days }),
    ...(sameScopes(draft.scopes, token.scopes) ? {} : { scopes: draft.scopes }),
  }
}
