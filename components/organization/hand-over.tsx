'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { handOver } from '@/app/[tenant]/settings/general/actions'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

export type HandOverProps = { tenant: string; name: string }

/** Admin duty goes to another member, in one step. */
export function HandOver({ tenant, name }: HandOverProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const reauthentication = useReauthentication(tenant)
  const wrong = problem ? errorAt(problem, '/email') : undefined

  async function go() {
    setProblem(null)
    const outcome = await reauthentication.run(() => attempt(() => handOver(tenant, { email })))
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
          setEmail('')
          setOpen(true)
        }}
      >
        Hand over
      </Button>
      <AlertDialog
        open={open}
        onOpenChange={setOpen}
        title={`Hand over ${name}?`}
        description="Another member becomes an admin, and you become a plain member at the same moment. Your tokens lose what only admins may do. Only an admin can undo it."
        confirmLabel="Hand over"
        onConfirm={go}
      >
        <Field label="E-mail address of your successor" error={wrong}>
          <Input
            type="email"
            autoComplete="off"
            spellCheck={false}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        {wrong ? null : <ProblemNotice problem={problem} title="Nothing was handed over" />}
      </AlertDialog>
      {reauthentication.dialog}
    </>
  )
}
