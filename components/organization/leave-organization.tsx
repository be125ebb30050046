'use client'

import { useState } from 'react'
import { leave } from '@/app/[tenant]/settings/general/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'

export type LeaveOrganizationProps = { tenant: string; name: string }

export function LeaveOrganization({ tenant, name }: LeaveOrganizationProps) {
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)

  async function go() {
    setProblem(null)
    const outcome = await attempt(() => leave(tenant, {}))
    if (!outcome.ok) {
      setProblem(outcome.problem)
      return false
    }
    // A whole new page: nothing of the organization may stay in the browser's memory.
    window.location.assign('/')
    return new Promise(() => undefined)
  }
  return (
    <>
      <Button
        variant="danger-outline"
        onClick={() => {
          setProblem(null)
          setOpen(true)
        }}
      >
        Leave organization
      </Button>
      <AlertDialog
        open={open}
        onOpenChange={setOpen}
        title={`Leave ${name}?`}
        description="You lose access at once, and your personal tokens of this organization stop. Only an admin can let you in again."
        confirmLabel="Leave organization"
        onConfirm={go}
      >
        <ProblemNotice problem={problem} title="You have not left" />
      </AlertDialog>
    </>
  )
}
