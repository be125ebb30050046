'use client'

import { BadgeCheck } from 'lucide-react'
import { askForVerification } from '@/app/[tenant]/settings/profile/actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

export function VerifiedMark() {
  return (
    <Badge tone="success">
      <BadgeCheck aria-hidden />
      Verified
    </Badge>
  )
}

export type EmailStandingProps = { tenant: string; email: string; verified: boolean }

/** Whether the mailbox is known to be the person's, and the way to show it. */
export function EmailStanding({ tenant, email, verified }: EmailStandingProps) {
  const request = useSave()
  if (verified) return <VerifiedMark />
  if (request.saved) {
    return (
      <Callout tone="success" live title={`A link is on its way to ${email}`}>
        Open it within 24 hours and confirm.
      </Callout>
    )
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-muted text-sm">
        Nobody has shown yet that this mailbox is yours. Until then invitations to it are answered
        by their link only.
      </p>
      <Button
        size="sm"
        loading={request.saving}
        onClick={() => request.run(() => askForVerification(tenant, {}))}
      >
        Verify this address
      </Button>
      <ProblemNotice problem={request.problem} title="No link was sent" />
    </div>
  )
}
