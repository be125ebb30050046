'use client'

import { stopEmails } from '@/app/unsubscribe/[secret]/actions'
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
  const save = useSave()
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
  return (
    <div className="flex flex-col gap-4">
      <h1 className="font-semibold text-ink text-xl">Stop these e-mails?</h1>
      <p className="text-muted text-sm">
        {what} would no longer be sent to {whom}. Notifications in the app stay as they are, and so
        do e-mails about the security of your account.
      </p>
      <ProblemNotice problem={save.problem} title="Nothing was changed" />
      <Button
        variant="primary"
        loading={save.saving}
        onClick={() => save.run(() => stopEmails({ secret }))}
      >
        Stop these e-mails
      </Button>
    </div>
  )
}
