'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { notify } from '@/components/ui/notify'

/** For somebody who is signed in with another address than the invited one. */
export function InvitationOtherAccount({ email }: { email: string }) {
  const [busy, setBusy] = useState(false)
  async function signOutHere() {
    setBusy(true)
    try {
      const { signOut } = await import('next-auth/react')
      await signOut({ redirect: false })
      // The same link again, now for nobody in particular.
      window.location.reload()
    } catch {
      setBusy(false)
      notify.error('You are still signed in', {
        description: 'The server could not be reached. Try again.',
      })
    }
  }
  return (
    <div className="flex flex-col items-start gap-4">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">This invitation is for another address</h1>
        <p className="text-muted text-sm">
          You are signed in as <strong className="break-all font-medium text-ink">{email}</strong>.
          Only the address that the invitation was sent to can accept it.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" loading={busy} onClick={signOutHere}>
          Sign out and go on
        </Button>
        <LinkButton variant="ghost" href="/">
          Stay signed in
        </LinkButton>
      </div>
    </div>
  )
}
