'use client'

import { type ReactNode, useState, useTransition } from 'react'
import {
  previewPolicyChange,
  saveTokenPolicy,
} from '@/app/[tenant]/settings/api-access/policy-actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import type { TokenPolicy } from '@/lib/context'
import { type PolicyChange, patchedPolicy, tightens } from '@/lib/organization/model'
import type { TokenSummary } from '@/lib/tokens/model'

export interface PolicyPreview {
  refusedNow: number
  samples: TokenSummary[]
}

export interface PolicySave {
  saving: boolean
  saved: boolean
  problem: ActionProblem | null
  /** Set while the tokens that would be refused wait for a yes. */
  preview: PolicyPreview | null
  /** Saves, or first asks where the change refuses tokens that are accepted now. */
  submit: () => void
  confirm: () => Promise<void>
  dismiss: () => void
  /** Asks for proof of identity where the server wants it; render it once. */
  reauthenticationDialog: ReactNode
  /** Forgets outcome and complaint: the form has changed. */
  touch: () => void
}

/** Saving one card of the policy: preview, question, save. */
export function usePolicySave(
  tenant: string,
  policy: TokenPolicy,
  patch: PolicyChange,
  onSaved: (policy: TokenPolicy) => void,
): PolicySave {
  const [saving, startTransition] = useTransition()
  const [saved, setSaved] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [preview, setPreview] = useState<PolicyPreview | null>(null)
  const reauthentication = useReauthentication(tenant)

  async function save() {
    const outcome = await reauthentication.run(() => attempt(() => saveTokenPolicy(tenant, patch)))
    setProblem(outcome.ok ? null : outcome.problem)
    setSaved(outcome.ok)
    if (outcome.ok) onSaved(outcome.data)
  }

  async function previewThenSave() {
    const outcome = await attempt(() => previewPolicyChange(tenant, patch))
    if (!outcome.ok) setProblem(outcome.problem)
    else if (outcome.data.refusedNow > 0) setPreview(outcome.data)
    else await save()
  }

  return {
    saving,
    saved,
    problem,
    preview,
    submit() {
      setProblem(null)
      startTransition(tightens(policy, patchedPolicy(policy, patch)) ? previewThenSave : save)
    },
    async confirm() {
      await save()
      setPreview(null)
    },
    dismiss: () => setPreview(null),
    reauthenticationDialog: reauthentication.dialog,
    touch() {
      setSaved(false)
      setProblem(null)
    },
  }
}
