'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { takePasskeyAway } from '@/app/[tenant]/settings/profile/security-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { attempt } from '@/components/settings/action-outcome'
import { SectionCard } from '@/components/settings/section-card'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import { StatusDot } from '@/components/ui/status-dot'
import type { OwnPasskey, TwoFactorState } from '@/lib/two-factor/model'
import { usePasskeyObstacle } from './passkey-support'
import { PasskeyTable } from './passkey-table'
import { removalEffect } from './security-words'

const AddPasskeyDialog = lazyOverlay(
  () => import('./add-passkey-dialog').then((module) => module.AddPasskeyDialog),
  { close: (props) => props.onClose() },
)
const RenamePasskeyDialog = lazyOverlay(
  () => import('./rename-passkey-dialog').then((module) => module.RenamePasskeyDialog),
  { close: (props) => props.onClose() },
)

type Asked = { act: 'add' } | { act: 'rename' | 'remove'; passkey: OwnPasskey }

export type PasskeysCardProps = {
  tenant: string
  email: string
  now: number
  twoFactor: TwoFactorState
  /** The host name that passkeys of this site belong to. */
  siteHost: string
}

/** Keys that sign in by themselves, and finish a sign-in by password. */
export function PasskeysCard({ tenant, email, now, twoFactor, siteHost }: PasskeysCardProps) {
  const { passkeys } = twoFactor
  const router = useRouter()
  const [asked, setAsked] = useState<Asked | null>(null)
  const obstacle = usePasskeyObstacle(siteHost)
  const { run, dialog } = useReauthentication(tenant)
  const refreshWhenClosed = useRefreshWhenClosed(asked !== null)
  const close = () => setAsked(null)
  const named = asked && asked.act !== 'add' ? asked.passkey : null
  return (
    <SectionCard
      title="Passkeys"
      description="Sign in by fingerprint, face or device PIN. Counts as a second factor."
      actions={
        obstacle ? null : (
          <Button
            onClick={() => setAsked({ act: 'add' })}
            {...preloadOnIntent(AddPasskeyDialog.preload)}
          >
            Add passkey
          </Button>
        )
      }
      flush={passkeys.length > 0}
    >
      {passkeys.length > 0 ? (
        <PasskeyTable
          passkeys={passkeys}
          now={now}
          onRename={(passkey) => setAsked({ act: 'rename', passkey })}
          onRemove={(passkey) => setAsked({ act: 'remove', passkey })}
        />
      ) : (
        <StatusDot tone="neutral" className="text-sm">
          None yet
        </StatusDot>
      )}
      {obstacle ? (
        <p
          className={
            passkeys.length > 0
              ? 'border-subtle border-t px-5 py-3 text-muted text-sm'
              : 'mt-3 text-muted text-sm'
          }
        >
          {obstacle}
        </p>
      ) : null}
      {asked?.act === 'add' ? (
        <AddPasskeyDialog
          tenant={tenant}
          email={email}
          passkeys={passkeys}
          onAdded={refreshWhenClosed}
          onClose={close}
        />
      ) : null}
      {asked?.act === 'rename' ? (
        <RenamePasskeyDialog
          tenant={tenant}
          passkey={asked.passkey}
          onRenamed={refreshWhenClosed}
          onClose={close}
        />
      ) : null}
      <ActDialog
        open={asked?.act === 'remove'}
        onClose={close}
        title={`Remove ${named?.name ?? 'the passkey'}?`}
        description={
          <p>
            {removalEffect(twoFactor, 'It signs nobody in any more.')} Delete it from your device or
            password manager too.
          </p>
        }
        confirmLabel="Remove passkey"
        problemTitle="The passkey was not removed"
        act={() =>
          run(() => attempt(() => takePasskeyAway(tenant, { passkeyId: named?.id ?? '' })))
        }
        onDone={() => router.refresh()}
      />
      {dialog}
    </SectionCard>
  )
}
