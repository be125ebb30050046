'use client'

import { type FormEvent, type ReactNode, useActionState } from 'react'
import { confirmNewEmail, sendConfirmation } from '@/app/(auth)/confirm-email/[secret]/actions'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'

export type ConfirmEmailPanelProps = {
  secret: string
  /** Null where the link has ended, and `ended` says so. */
  newEmail: string | null
  ended: ReactNode
}

/** Makes the new address count by a press of a button. */
export function ConfirmEmailPanel({ secret, newEmail, ended }: ConfirmEmailPanelProps) {
  const [sent, send] = useActionState(sendConfirmation, NOTHING_SENT)
  const confirmation = useSave(sent)
  // Without scripts the page is made anew, and the link has ended by what was just done.
  const email = newEmail ?? sent.values.email
  if (confirmation.saved) return <Confirmed email={email} />
  if (newEmail === null) return ended

  function confirm(event: FormEvent) {
    event.preventDefault()
    if (!confirmation.saving) confirmation.run(() => confirmNewEmail({ secret }))
  }
  return (
    <form action={send} onSubmit={confirm} className="flex flex-col gap-4">
      <h1 className="font-semibold text-ink text-xl">Confirm your e-mail address</h1>
      <p className="text-muted text-sm">
        From then on you sign in with <Address email={email} />. If you did not ask for this, close
        this page: nothing changes.
      </p>
      <ProblemNotice problem={confirmation.problem} title="The address was not changed" />
      <input type="hidden" name="secret" value={secret} />
      <input type="hidden" name="email" value={newEmail} />
      <Button type="submit" variant="primary" loading={confirmation.saving}>
        Use this address
      </Button>
    </form>
  )
}

function Confirmed({ email }: { email: string | undefined }) {
  return (
    <div role="status" className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-ink text-xl">Your e-mail address has changed</h1>
      <p className="text-muted text-sm">
        From now on you sign in with <Address email={email} />.
      </p>
      <LinkButton href="/" variant="primary">
        Go on
      </LinkButton>
    </div>
  )
}

function Address({ email }: { email: string | undefined }) {
  return <strong className="break-all font-medium text-ink">{email}</strong>
}
