'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { loadBudgetSubjects, saveBudget } from '@/app/[tenant]/settings/usage/budget-actions'
import { attempt, errorAt } from '@/components/settings/action-outcome'
import { useSave } from '@/components/settings/use-save'
import { notify } from '@/components/ui/notify'
import type { Budget, BudgetSubjectKind } from '@/lib/budgets/model'
import type { BudgetSubject } from '@/lib/budgets/subjects'
import type { Origin } from '@/lib/usage/origin'
import { amountProblem, type BudgetDraft, draftOf, parseAmount } from './budget-draft'
import { type BudgetNames, tokenOf } from './budget-words'

export type BudgetFormSetting = {
  tenant: string
  kind: BudgetSubjectKind
  /** The one that is changed; null for a new one. */
  budget: Budget | null
  /** What a new one counts to begin with. */
  origin?: Origin | undefined
  /** Every budget that the page knows. */
  existing: readonly Budget[]
  names: BudgetNames
  onClose: () => void
}

/** The state of the form of one budget. */
export function useBudgetForm({
  tenant,
  kind,
  budget,
  origin,
  existing,
  names,
  onClose,
}: BudgetFormSetting) {
  const router = useRouter()
  const subjects = useSubjects(tenant)
  const [initial] = useState(() => draftOf(budget, budget ? idOf(budget, names) : '', origin))
  const [draft, setDraft] = useState(initial)
  const [tried, setTried] = useState(false)
  const save = useSave()
  const wrong = tried ? problemsOf(kind, draft) : {}

  function submit() {
    setTried(true)
    const amount = parseAmount(draft.amount)
    if (amount === null || Object.keys(problemsOf(kind, draft)).length > 0) return
    const terms = {
      amount,
      thresholdRules: draft.thresholds.map((percent) => ({ percent })),
      enforceLimit: draft.enforce,
    }
    const whose = { subject: subjectFor(kind, draft), origin: draft.origin }
    save.run(
      () => saveBudget(tenant, { ...whose, terms }),
      () => {
        notify.success('Budget saved')
        router.refresh()
        onClose()
      },
    )
  }
  const subject = subjects?.find(
    ({ kind: one, id }) => one === kind && id === draft.subjectId.trim(),
  )
  return {
    draft,
    subjects,
    submit,
    saving: save.saving,
    problem: save.problem,
    dirty: draft !== initial,
    /** Nano-USD of this month; null while nobody knows. */
    cost: budget?.currentMonthlyCost ?? (subjects ? (subject?.cost[draft.origin] ?? 0n) : null),
    /** A new one that would change another. */
    replaces:
      budget === null &&
      existing.some(
        (one) =>
          one.kind === kind &&
          one.origin === draft.origin &&
          idOf(one, names) === draft.subjectId.trim(),
      ),
    errors: {
      subject: wrong.subject ?? errorAt(save.problem, '/subject'),
      amount: wrong.amount ?? errorAt(save.problem, '/terms/amount'),
      thresholds: errorAt(save.problem, '/terms/thresholdRules'),
    },
    change(part: Partial<BudgetDraft>) {
      save.touch()
      setDraft({ ...draft, ...part })
    },
  }
}

function useSubjects(tenant: string): readonly BudgetSubject[] | null {
  const [subjects, setSubjects] = useState<readonly BudgetSubject[] | null>(null)
  // The server is the external system: what was spent is as of the opening.
  useEffect(() => {
    let current = true
    void attempt(() => loadBudgetSubjects(tenant, {})).then((outcome) => {
      if (current) setSubjects(outcome.ok ? outcome.data : [])
    })
    return () => {
      current = false
    }
  }, [tenant])
  return subjects
}

function idOf(budget: Budget, names: BudgetNames): string {
  return budget.kind === 'TOKEN' ? (tokenOf(budget, names)?.tokenId ?? '') : budget.subject
}

function subjectFor(kind: BudgetSubjectKind, { subjectId }: BudgetDraft) {
  if (kind === 'ORGANIZATION') return { kind } as const
  if (kind === 'AGENT') return { kind, agent: subjectId.trim() } as const
  return { kind, tokenId: subjectId } as const
}

function problemsOf(kind: BudgetSubjectKind, draft: BudgetDraft): Partial<Record<string, string>> {
  const amount = amountProblem(draft.amount)
  const nobody = kind !== 'ORGANIZATION' && draft.subjectId.trim() === ''
  return {
    ...(nobody && { subject: kind === 'AGENT' ? 'Name the agent.' : 'Choose a token.' }),
    ...(amount && { amount }),
  }
}
