'use client'

import { useRouter } from 'next/navigation'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import {
  loadDataset,
  putIn,
  replaceAll,
} from '@/app/[tenant]/settings/evaluation-metrics/dataset-actions'
import { attempt } from '@/components/settings/action-outcome'
import { useSave } from '@/components/settings/use-save'
import { notify } from '@/components/ui/notify'
import { type ReadCases, readCases } from '@/lib/datasets/case-file'
import type { Dataset, DatasetCase } from '@/lib/datasets/model'
import { type ImportMode, planImport } from './case-import'
import { casesWords } from './dataset-words'
import type { ImportSheetProps } from './import-sheet'

/** Below what a server action takes; the API takes more. */
const BYTES_MAX = 5_000_000

/** What was pasted or dropped, what it would do to the cases that are there, and the doing. */
export function useCaseImport({ tenant, dataset, onClose }: ImportSheetProps) {
  const router = useRouter()
  const save = useSave()
  const [text, setText] = useState('')
  const [typed, setTyped] = useState(false)
  const [chosen, setMode] = useState<ImportMode>('ADD')
  const [complaint, setComplaint] = useState<string | null>(null)
  const { present, failure } = usePresentCases(tenant, dataset)
  const late = useDeferredValue(text)
  const mode = dataset.caseCount > 0 ? chosen : 'ADD'
  const read = useMemo<ReadCases | null>(
    () => (late.trim() === '' ? null : readCases(late, { typed })),
    [late, typed],
  )
  const plan = useMemo(
    () => (read && present ? planImport(mode, present.cases, read.cases) : null),
    [read, present, mode],
  )
  const clean = read !== null && read.problems.length === 0 && text === late
  const changes = plan !== null && plan.sent.length > 0 && plan.obstacle === null

  function write(next: string) {
    save.touch()
    setComplaint(null)
    setText(next)
  }
  async function takeFile(file: File) {
    if (file.size > BYTES_MAX) {
      setComplaint('The file is larger than 5 MB. Import it in parts, or over the API.')
      return
    }
    write(await file.text())
  }
  function apply() {
    if (!plan || !present || save.saving) return
    const on = { dataset: dataset.id, cases: plan.sent }
    const done = () => {
      notify.success(mode === 'ADD' ? `${casesWords(plan.sent.length)} added` : 'Cases replaced')
      router.refresh()
      onClose()
    }
    if (mode === 'ADD') save.run(() => putIn(tenant, on), done)
    else save.run(() => replaceAll(tenant, { ...on, version: present.version }), done)
  }
  return {
    ...{ text, typed, setTyped, mode, setMode, complaint, read, plan, save, failure },
    ...{ write, takeFile, apply },
    ready: clean && changes,
  }
}

/** All cases that are there, read once: the preview says exactly what becomes of them. */
function usePresentCases(tenant: string, { id }: Dataset) {
  const [present, setPresent] = useState<{ version: number; cases: DatasetCase[] } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    attempt(() => loadDataset(tenant, { dataset: id })).then((answer) => {
      if (gone) return
      if (answer.ok) setPresent(answer.data)
      else setFailure(answer.problem.message)
    })
    return () => {
      gone = true
    }
  }, [tenant, id])
  return { present, failure }
}
