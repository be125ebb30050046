'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { requireTwoFactor } from '@/app/[tenant]/settings/team/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { attempt } from '@/components/settings/action-outcome'
import { SectionCard } from '@/components/settings/section-card'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { LinkButton } from '@/components/ui/link-button'
import { StatusDot } from '@/components/ui/status-dot'
import type { TwoFactorPolicy } from '@/lib/organization/two-factor-policy'
import { twoFactorConsequence, twoFactorCoverage } from './two-factor-words'

export type TwoFactorCardProps = {
  tenant: string
  policy: TwoFactorPolicy
  /** The admin has no second factor, and signed in by password: to require one would shut them out too. */
  ownMissing: boolean
}

/** Whether members need a second factor, and whom that concerns. */
export function TwoFactorCard({ tenant, policy, ownMissing }: TwoFactorCardProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const { run, dialog } = useReauthentication(tenant)
  const required = !policy.required
  const verb = required ? 'Require two-factor authentication' : 'Stop requiring it'
  return (
    <SectionCard
      title="Two-factor authentication"
      description="Whether members need a second factor besides their password."
      actions={
        required && ownMissing ? null : <Button onClick={() => setAsking(true)}>{verb}…</Button>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        <div className="flex flex-wrap gap-x-6 gap-y-1 tabular-nums">
          <StatusDot tone={policy.required ? 'success' : 'neutral'}>
            {policy.required ? 'Required' : 'Not required'}
          </StatusDot>
          <span className="text-muted">{twoFactorCoverage(policy)}</span>
        </div>
        {required && ownMissing ? (
          <Callout
            title="Set up your own second factor first"
            actions={
              <LinkButton href={`/${tenant}/settings/profile?tab=security`}>
                Go to your security
              </LinkButton>
            }
          >
            Otherwise requiring one would lock you out together with the others.
          </Callout>
        ) : null}
      </div>
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={required ? 'Require two-factor authentication?' : 'Stop requiring two-factor?'}
        description={twoFactorConsequence(policy).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        tone={required ? 'primary' : 'danger'}
        confirmLabel={verb}
        problemTitle="The policy was not changed"
        act={() => run(() => attempt(() => requireTwoFactor(tenant, { required })))}
        onDone={() => router.refresh()}
      />
      {dialog}
    </SectionCard>
  )
}
