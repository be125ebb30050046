'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState, useTransition } from 'react'
import { endOtherSessions, endSession } from '@/app/[tenant]/settings/profile/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import type { OwnSession } from '@/lib/profile/sessions'
import { SessionTable } from './session-table'

export type SessionsCardProps = { tenant: string; now: number; sessions: readonly OwnSession[] }

/** Where the person is signed in. */
export function SessionsCard({ tenant, now, sessions }: SessionsCardProps) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [ending, setEnding] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [done, setDone] = useState('')
  const table = useRef<HTMLDivElement>(null)
  const others = sessions.filter(({ current }) => !current).length

  function end({ id, device }: OwnSession) {
    setEnding(id)
    setProblem(null)
    startTransition(async () => {
      const outcome = await attempt(() => endSession(tenant, { sessionId: id }))
      // Gone already is what was wanted; the list is read anew in any case.
      const refused = !outcome.ok && outcome.problem.code !== 'not_found' ? outcome.problem : null
      setProblem(refused)
      if (refused) return
      setDone(`Signed out of ${device}`)
      // The button goes away with its row, and the focus would go with it.
      table.current?.focus()
      startTransition(() => router.refresh())
    })
  }
  async function endOthers() {
    const outcome = await attempt(() => endOtherSessions(tenant, {}))
    setProblem(outcome.ok ? null : outcome.problem)
    if (!outcome.ok) return
    setDone('Signed out everywhere else')
    router.refresh()
  }
  return (
    <SectionCard
      title="Sessions"
      description="Where you are signed in. End any session that you do not know."
      actions={
        others > 0 ? (
          <Button onClick={() => setAsking(true)}>Sign out everywhere else</Button>
        ) : null
      }
      flush
    >
      <div ref={table} tabIndex={-1} className="outline-none">
        <SessionTable
          now={now}
          sessions={sessions}
          endingId={pending ? ending : null}
          onEnd={end}
        />
      </div>
      <output className="sr-only">{done}</output>
      {problem ? (
        <div className="border-subtle border-t p-4">
          <ProblemNotice problem={problem} title="The session was not ended" />
        </div>
      ) : null}
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere else?"
        description={`${others === 1 ? 'One other session ends' : `${others} other sessions end`} at once. This one stays, and so do your tokens.`}
        confirmLabel="Sign out everywhere else"
        onConfirm={endOthers}
      />
    </SectionCard>
  )
}
