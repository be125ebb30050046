'use client'

import { type FormEvent, type ReactNode, useActionState } from 'react'
import { sendVerification, verifyAddress } from '@/app/(auth)/verify-email/[secret]/actions'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'

export type VerifyEmailPanelProps = {
  secret: string
  /** Null where the link has ended, and `ended` says so. */
  email: string | null
  ended: ReactNode
}

/** Verifies the address by a press of a button. */
export function VerifyEmailPanel({ secret, email, ended }: VerifyEmailPanelProps) {
  const [sent, send] = useActionState(sendVerification, NOTHING_SENT)
  const verification = useSave(sent)
  // Without scripts the page is made anew, and the link has ended by what was just done.
  const shown = email ?? sent.values.email
  const address = <strong className="break-all font-medium text-ink">{shown}</strong>
  if (verification.saved) {
    return (
      <div role="status" className="flex flex-col items-start gap-3">
        <h1 className="font-semibold text-ink text-xl">Your e-mail address is verified</h1>
        <p className="text-muted text-sm">Invitations to {address} find you from now on.</p>
        <LinkButton href="/" variant="primary">
          Go on
        </LinkButton>
      </div>
    )
  }
  if (email === null) return ended

  function verify(event: FormEvent) {
    event.preventDefault()
    if (!verification.saving) verification.run(() => verifyAddress({ secret }))
  }
  return (
    <form action={send} onSubmit={verify} className="flex flex-col gap-4">
      <h1 className="font-semibold text-ink text-xl">Verify your e-mail address</h1>
      <p className="text-muted text-sm">
        Confirm that {address} is the address of your account. If you did not ask for this, close
        this page: nothing changes.
      </p>
      <ProblemNotice problem={verification.problem} title="The address was not verified" />
      <input type="hidden" name="secret" value={secret} />
      <input type="hidden" name="email" value={email} />
      <Button type="submit" variant="primary" loading={verification.saving}>
        Verify this address
      </Button>
    </form>
  )
}
