'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { stopEvaluation } from '@/app/[tenant]/settings/agents/evaluation-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import type { Evaluation } from '@/lib/evaluations/model'

export type CancelButtonProps = { tenant: string; run: Pick<Evaluation, 'id' | 'agentId'> }

export function CancelButton({ tenant, run }: CancelButtonProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="danger-outline" onClick={() => setAsking(true)}>
        Cancel evaluation
      </Button>
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDone={() => {
          notify.success('Evaluation cancelled')
          router.refresh()
        }}
        act={() => stopEvaluation(tenant, { agent: run.agentId, evaluation: run.id })}
        title="Cancel this evaluation?"
        description={
          <p>Cases that wait are not begun. What was scored by now stays, and was paid for.</p>
        }
        cancelLabel="Keep it running"
        confirmLabel="Cancel evaluation"
        tone="danger"
        problemTitle="It was not cancelled"
      />
    </>
  )
}
