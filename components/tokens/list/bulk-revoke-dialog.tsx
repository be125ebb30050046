'use client'

import { useState } from 'react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Callout } from '@/components/ui/callout'
import { ProgressBar } from '@/components/ui/progress-bar'

export interface BulkProgress {
  done: number
  total: number
}

export type BulkRevokeDialogProps = {
  open: boolean
  count: number
  /** Of them, how many were used in the last 7 days. */
  inUse: number
  onClose: () => void
  /** Reports as it goes; answers why it stopped early, or null. */
  onConfirm: (report: (progress: BulkProgress) => void) => Promise<string | null>
}

export function BulkRevokeDialog({
  open,
  count,
  inUse,
  onClose,
  onConfirm,
}: BulkRevokeDialogProps) {
  const [progress, setProgress] = useState<BulkProgress | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const tokens = count === 1 ? '1 token' : `${count.toLocaleString('en-US')} tokens`
  async function confirm() {
    setFailure(null)
    const stopped = await onConfirm(setProgress)
    setProgress(null)
    setFailure(stopped)
    return stopped === null
  }
  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Revoke ${tokens}?`}
      description={
        <>
          <p>
            Their secrets are refused from the next request on. This cannot be undone: nothing can
            bring a revoked token back.
          </p>
          <p>
            {inUse === 0
              ? 'None of them was used in the last 7 days.'
              : `${inUse.toLocaleString('en-US')} of them ${inUse === 1 ? 'was' : 'were'} used in the last 7 days.`}
          </p>
        </>
      }
      confirmLabel={`Revoke ${tokens}`}
      onConfirm={confirm}
    >
      {progress && progress.total > 1 ? (
        <div className="flex flex-col gap-1.5">
          <ProgressBar
            label="Revoking"
            value={progress.done}
            max={progress.total}
            valueText={`${progress.done} of ${progress.total}`}
          />
          <p className="text-muted text-xs tabular-nums">
            {progress.done.toLocaleString('en-US')} of {progress.total.toLocaleString('en-US')}
          </p>
        </div>
      ) : null}
      {failure ? (
        <Callout tone="danger" live title="Not all were revoked">
          {failure}
        </Callout>
      ) : null}
    </AlertDialog>
  )
}
