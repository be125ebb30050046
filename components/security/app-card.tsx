'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { setUpApp, takeAppAway } from '@/app/[tenant]/settings/profile/security-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { TwoFactorState } from '@/lib/two-factor/model'
import type { AppSetup } from '@/lib/two-factor/totp'
import { removalEffect } from './security-words'

const AppSetupDialog = lazyOverlay(
  () => import('./app-setup-dialog').then((module) => module.AppSetupDialog),
  { close: (props) => props.onClose() },
)

export type AppCardProps = { tenant: string; email: string; twoFactor: TwoFactorState }

/** Codes from an app as second factor. */
export function AppCard({ tenant, email, twoFactor }: AppCardProps) {
  const { app } = twoFactor
  const router = useRouter()
  const [setup, setSetup] = useState<AppSetup | null>(null)
  const [removing, setRemoving] = useState(false)
  const start = useSave()
  const { run, dialog } = useReauthentication(tenant)
  const refreshWhenClosed = useRefreshWhenClosed(setup !== null)
  const begin = () => start.run(() => run(() => attempt(() => setUpApp(tenant, {}))), setSetup)
  return (
    <SectionCard
      title="Authenticator app"
      description="A code from an app, asked for after your password."
      actions={
        app ? (
          <Button onClick={() => setRemoving(true)}>Remove…</Button>
        ) : (
          <Button
            variant="primary"
            loading={start.saving}
            onClick={begin}
            {...preloadOnIntent(AppSetupDialog.preload)}
          >
            Set up app
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        {app ? (
          <StatusDot tone="success">
            <span>
              On since <AbsoluteTime at={app.since} dateOnly />
            </span>
          </StatusDot>
        ) : (
          <StatusDot tone="neutral">Off</StatusDot>
        )}
        <ProblemNotice problem={start.problem} title="The app cannot be set up now" />
      </div>
      {setup ? (
        <AppSetupDialog
          tenant={tenant}
          email={email}
          setup={setup}
          onConfirmed={refreshWhenClosed}
          onClose={() => setSetup(null)}
        />
      ) : null}
      <ActDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title="Remove the authenticator app?"
        description={<p>{removalEffect(twoFactor, 'Its codes are no longer asked for.')}</p>}
        confirmLabel="Remove app"
        problemTitle="The app was not removed"
        act={() => run(() => attempt(() => takeAppAway(tenant, {})))}
        onDone={() => router.refresh()}
      />
      {dialog}
    </SectionCard>
  )
}
