'use client'

import { useRouter } from 'next/navigation'
import { takeBackAsking } from '@/app/[tenant]/settings/agents/access-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { type AccessRequest, AGENT_ROLE_FACTS } from '@/lib/agents/model'

export type OwnRequestCardProps = {
  tenant: string
  agent: string
  request: AccessRequest
  now: number
}

/** What one waits for, and the way to wait no longer. */
export function OwnRequestCard({ tenant, agent, request, now }: OwnRequestCardProps) {
  const router = useRouter()
  const save = useSave()
  return (
    <SectionCard
      title={`You asked to be ${AGENT_ROLE_FACTS[request.role].label}`}
      description={
        <>
          Sent <RelativeTime at={request.modifiedAt} now={now} />. Admins of the agent can answer
          it; you hear from them by a notification.
        </>
      }
      actions={
        <Button
          size="sm"
          loading={save.saving}
          onClick={() => save.run(() => takeBackAsking(tenant, { agent }), router.refresh)}
        >
          Take back
        </Button>
      }
    >
      {request.message === '' && !save.problem ? null : (
        <div className="flex flex-col gap-3">
          <blockquote className="whitespace-pre-line border-strong border-l-2 pl-3 text-muted text-sm [overflow-wrap:anywhere]">
            {request.message}
          </blockquote>
          <ProblemNotice problem={save.problem} title="It was not taken back" />
        </div>
      )}
    </SectionCard>
  )
}
