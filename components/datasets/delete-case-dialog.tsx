'use client'

import { useRouter } from 'next/navigation'
import { dropCase } from '@/app/[tenant]/settings/evaluation-metrics/dataset-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { notify } from '@/components/ui/notify'
import { type CaseRow, caseLabel } from './dataset-words'

export type DeleteCaseDialogProps = {
  tenant: string
  datasetId: string
  row: CaseRow
  onClose: () => void
}

/** Mount to open. */
export function DeleteCaseDialog({ tenant, datasetId, row, onClose }: DeleteCaseDialogProps) {
  const router = useRouter()
  return (
    <ActDialog
      open
      onClose={onClose}
      onDone={() => {
        notify.success('Case deleted')
        router.refresh()
      }}
      act={() => dropCase(tenant, { dataset: datasetId, case: row.id })}
      title={`Delete ${caseLabel(row)}?`}
      description={
        <p>Its text is deleted for good, with every answer that was given to it in evaluations.</p>
      }
      confirmLabel="Delete case"
      tone="danger"
      problemTitle="The case was not deleted"
    />
  )
}
