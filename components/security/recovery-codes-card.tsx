'use client'

import { useState } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import { StatusDot } from '@/components/ui/status-dot'
import { RECOVERY_CODES } from '@/lib/two-factor/model'
import { FEW_RECOVERY_CODES } from './security-words'

const RenewCodesDialog = lazyOverlay(
  () => import('./renew-codes-dialog').then((module) => module.RenewCodesDialog),
  { close: (props) => props.onClose() },
)

export type RecoveryCodesCardProps = { tenant: string; email: string; left: number }

/** For the day on which the phone is gone. */
export function RecoveryCodesCard({ tenant, email, left }: RecoveryCodesCardProps) {
  const [renewing, setRenewing] = useState(false)
  const refreshWhenClosed = useRefreshWhenClosed(renewing)
  const few = left < FEW_RECOVERY_CODES
  return (
    <SectionCard
      title="Recovery codes"
      description="Each signs you in once, in place of your app or passkey."
      actions={
        <Button onClick={() => setRenewing(true)} {...preloadOnIntent(RenewCodesDialog.preload)}>
          Renew codes…
        </Button>
      }
    >
      <div className="flex flex-col gap-4 text-sm tabular-nums">
        <StatusDot tone={few ? 'warning' : 'success'}>
          {left} of {RECOVERY_CODES} left
        </StatusDot>
        {few ? (
          <Callout tone="warning">
            {left === 0
              ? 'There is none left: if you lose your app or passkey now, you are locked out. Renew them.'
              : 'They are running out. Renew them while you can still sign in.'}
          </Callout>
        ) : null}
      </div>
      {renewing ? (
        <RenewCodesDialog
          tenant={tenant}
          email={email}
          onRenewed={refreshWhenClosed}
          onClose={() => setRenewing(false)}
        />
      ) : null}
    </SectionCard>
  )
}
