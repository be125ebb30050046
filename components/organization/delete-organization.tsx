'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { askForDeletion } from '@/app/[tenant]/settings/general/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'

export type DeleteOrganizationProps = { tenant: string; name: string }

export function DeleteOrganization({ tenant, name }: DeleteOrganizationProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const reauthentication = useReauthentication(tenant)

  async function ask() {
    setProblem(null)
    const outcome = await reauthentication.run(() =>
      attempt(() => askForDeletion(tenant, { confirmation: name })),
    )
    if (!outcome.ok) {
      setProblem(outcome.problem)
      return false
    }
    router.refresh()
    return true
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
        Delete organization
      </Button>
      <AlertDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${name}?`}
        description={
          <>
            <p>
              It ends in 14 days. Until then everything works, every admin is told by e-mail, and
              any of them can restore it here.
            </p>
            <p>
              Then members lose it, every token stops, and its data and addresses are gone for good.
              Only the audit trail is kept, for the operator of this installation alone.
            </p>
          </>
        }
        phrase={name}
        confirmLabel="Delete organization"
        onConfirm={ask}
      >
        <ProblemNotice problem={problem} title="The deletion was not started" />
      </AlertDialog>
      {reauthentication.dialog}
    </>
  )
}
