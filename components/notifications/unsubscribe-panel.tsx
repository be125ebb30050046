'use client'

import { type FormEvent, useActionState } from 'react'
import { sendStop, stopEmails } from '@/app/unsubscribe/[secret]/actions'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'

export type UnsubscribePanelProps = {
  secret: string
  /** What would stop. */
  label: string
  /** Masked. */
  address: string
  preferences: string
}

/** Stops the e-mails by a press of a button. */
export function UnsubscribePanel({ secret, label, address, preferences }: UnsubscribePanelProps) {
  const [sent, send] = useActionState(sendStop, NOTHING_SENT)
  const save = useSave(sent)
  const what = <strong className="font-medium text-ink">{label}</strong>
  const whom = <strong className="break-all font-medium text-ink">{address}</strong>
  if (save.saved) {
    return (
      <div role="status" className="flex flex-col items-start gap-3">
        <h1 className="font-semibold text-ink text-xl">These e-mails have stopped</h1>
        <p className="text-muted text-sm">
          {what} is no longer sent to {whom}. You still find it in the app. To undo this, or to
          choose what else you are told, go to your preferences.
        </p>
        <LinkButton href={preferences} variant="primary">
          Notification preferences
        </LinkButton>
      </div>
    )
  }
  function stop(event: FormEvent) {
    event.preventDefault()
    if (!save.saving) save.run(() => stopEmails({ secret }))
  }
  return (
    <form action={send} onSubmit={stop} className="flex flex-col gap-4">
      <h1 className="font-semibold text-ink text-xl">Stop these e-mails?</h1>
      <p className="text-muted text-sm">
        {what} would no longer be sent to {whom}. Notifications in the app stay as they are, and so
        do e-mails about the security of your account.
      </p>
      <ProblemNotice problem={save.problem} title="Nothing was changed" />
      <input type="hidden" name="secret" value={secret} />
      <Button type="submit" variant="primary" loading={save.saving}>
        Stop these e-mails
      </Button>
    </form>
  )
}
