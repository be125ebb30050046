'use client'

import { useEffect, useState } from 'react'
import { loadIdentityProofs } from '@/app/[tenant]/settings/identity-actions'
import { leaveToReturn } from '@/components/shell/sign-out'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogFooter,
  DialogHeader,
} from '@/components/ui/dialog'
import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'
import type { IdentityProofs } from '@/lib/auth/confirm-identity'
import { attempt, type Outcome } from './action-outcome'
import { ConfirmIdentityForm } from './confirm-identity-form'
import { ProblemNotice } from './problem-notice'

export type ConfirmIdentityDialogProps = {
  open: boolean
  tenant: string
  /** True after a proof; false when the person gave up. */
  onSettled: (confirmed: boolean) => void
}

export function ConfirmIdentityDialog({ open, tenant, onSettled }: ConfirmIdentityDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onSettled(false)}>
      <DialogContent size="sm">
        <DialogHeader
          title="Confirm that it is you"
          description="This hands out power, and it has been more than 10 minutes since you proved who you are."
        />
        <Ways tenant={tenant} onSettled={onSettled} />
      </DialogContent>
    </Dialog>
  )
}

type WaysProps = Omit<ConfirmIdentityDialogProps, 'open'>

/** Mounted only while open, so that nothing that was typed outlives the dialog. */
function Ways({ tenant, onSettled }: WaysProps) {
  const [loaded, setLoaded] = useState<Outcome<IdentityProofs> | null>(null)
  const [round, setRound] = useState(0)
  // The server is the external system: what the person has may have changed since the page came.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks once more
  useEffect(() => {
    let current = true
    attempt(() => loadIdentityProofs(tenant, {})).then((answer) => current && setLoaded(answer))
    return () => {
      current = false
    }
  }, [tenant, round])

  function again() {
    setLoaded(null)
    setRound(round + 1)
  }
  if (loaded === null) return <Loading onCancel={() => onSettled(false)} />
  if (!loaded.ok) {
    return (
      <>
        <DialogBody>
          <ProblemNotice problem={loaded.problem} title="It could not be asked how" />
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onSettled(false)}>Cancel</Button>
          <Button variant="primary" onClick={again}>
            Try again
          </Button>
        </DialogFooter>
      </>
    )
  }
  const { password, app, passkey, recovery } = loaded.data
  if (!(password || app || passkey || recovery)) return <SignInAgain onSettled={onSettled} />
  return <ConfirmIdentityForm tenant={tenant} proofs={loaded.data} onSettled={onSettled} />
}

/** For who signs in elsewhere and has nothing here: a new sign-in is the proof. */
function SignInAgain({ onSettled }: Pick<WaysProps, 'onSettled'>) {
  const [busy, setBusy] = useState(false)
  async function leave() {
    setBusy(true)
    await leaveToReturn()
    setBusy(false)
  }
  return (
    <>
      <DialogBody>
        <p>
          You have no password and no second factor here, so a new sign-in has to do it. What you
          have not saved is lost.
        </p>
      </DialogBody>
      <DialogFooter>
        <Button onClick={() => onSettled(false)}>Cancel</Button>
        <Button variant="primary" loading={busy} onClick={leave}>
          Sign in again
        </Button>
      </DialogFooter>
    </>
  )
}

function Loading({ onCancel }: { onCancel: () => void }) {
  return (
    <>
      <DialogBody>
        <SkeletonRegion className="flex flex-col gap-2">
          <Skeleton className="w-24" />
          <Skeleton className="h-9" />
        </SkeletonRegion>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
      </DialogFooter>
    </>
  )
}
