'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { approveAsking, declineAsking } from '@/app/[tenant]/settings/agents/access-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { RelativeTime } from '@/components/ui/relative-time'
import { type AccessRequest, AGENT_ROLE_FACTS } from '@/lib/agents/model'

export type AccessRequestsCardProps = {
  tenant: string
  agent: string
  requests: readonly AccessRequest[]
  now: number
}

/** Who waits for a role on the agent, for those who can give it. */
export function AccessRequestsCard({ tenant, agent, requests, now }: AccessRequestsCardProps) {
  return (
    <SectionCard
      title={
        requests.length === 1
          ? 'Somebody asks for access'
          : `${requests.length} people ask for access`
      }
      description="They are told what you answer. Unanswered requests are forgotten after 30 days."
      flush
    >
      <ul className="divide-y divide-subtle">
        {requests.map((one) => (
          <Request key={one.userId} tenant={tenant} agent={agent} request={one} now={now} />
        ))}
      </ul>
    </SectionCard>
  )
}

type RequestProps = Omit<AccessRequestsCardProps, 'requests'> & { request: AccessRequest }

function Request({ tenant, agent, request, now }: RequestProps) {
  const { userId, displayName, email, avatarId, role, currentRole, message, modifiedAt } = request
  const [answer, setAnswer] = useState<'approve' | 'decline'>('approve')
  const router = useRouter()
  const save = useSave()
  const { label } = AGENT_ROLE_FACTS[role]
  function approve() {
    setAnswer('approve')
    save.run(
      () => approveAsking(tenant, { agent, userId }),
      () => {
        notify.success(`${displayName} is ${label} now`)
        router.refresh()
      },
    )
  }
  function decline() {
    setAnswer('decline')
    save.run(
      () => declineAsking(tenant, { agent, userId }),
      () => {
        notify.success(`The request of ${displayName} is declined`)
        router.refresh()
      },
    )
  }
  return (
    <li className="flex flex-col gap-3 px-5 py-4" aria-label={displayName}>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-3">
        <Avatar name={displayName} seed={userId} pictureId={avatarId} />
        <div className="flex min-w-40 flex-1 flex-col gap-0.5">
          <p className="text-ink text-sm [overflow-wrap:anywhere]">
            <span className="font-medium">{displayName}</span> asks to be{' '}
            <span className="font-medium">{label}</span>
            {currentRole ? (
              <span className="text-muted"> instead of {AGENT_ROLE_FACTS[currentRole].label}</span>
            ) : null}
          </p>
          <p className="flex flex-wrap gap-x-1.5 text-muted text-xs">
            <span className="truncate">{email}</span>
            <span aria-hidden>·</span>
            <RelativeTime at={modifiedAt} now={now} />
          </p>
          {message === '' ? null : (
            <blockquote className="mt-2 whitespace-pre-line border-strong border-l-2 pl-3 text-ink text-sm [overflow-wrap:anywhere]">
              {message}
            </blockquote>
          )}
        </div>
        <div className="flex items-center gap-2 max-sm:w-full max-sm:*:flex-1">
          <Button
            size="sm"
            aria-label={`Decline ${displayName}`}
            loading={save.saving && answer === 'decline'}
            onClick={decline}
          >
            Decline
          </Button>
          <Button
            size="sm"
            variant="primary"
            aria-label={`Approve ${displayName}`}
            loading={save.saving && answer === 'approve'}
            onClick={approve}
          >
            Approve
          </Button>
        </div>
      </div>
      <ProblemNotice problem={save.problem} title="The request was not answered" />
    </li>
  )
}
