'use client'

import { sendTestNotification } from '@/app/[tenant]/settings/profile/notification-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { TextLink } from '@/components/ui/text-link'
import { useUnread } from './unread-provider'

export type TestCardProps = { tenant: string; email: string; emailAvailable: boolean }

/** Shows that notifications arrive, by the way of all others. */
export function TestCard({ tenant, email, emailAvailable }: TestCardProps) {
  const save = useSave()
  const { refresh } = useUnread()
  const log = <TextLink href={`/${tenant}/notifications?tab=log`}>delivery log</TextLink>
  function send() {
    save.touch()
    save.run(
      () => sendTestNotification(tenant, {}),
      () => void refresh(),
    )
  }
  return (
    <SectionCard
      title="Send a test"
      description={
        emailAvailable
          ? `A notification to your inbox here and an e-mail to ${email}.`
          : 'A notification to your inbox here.'
      }
      actions={
        <Button onClick={send} loading={save.saving}>
          Send a test
        </Button>
      }
    >
      {save.problem || save.saved ? (
        <>
          <ProblemNotice problem={save.problem} title="The test was not sent" />
          {save.saved ? (
            <Callout tone="success" live title="The test is in your inbox">
              {emailAvailable ? (
                <>
                  The e-mail to {email} is on its way. If it does not arrive within a few minutes,
                  look into your spam folder; the {log} says what became of it.
                </>
              ) : (
                <>No e-mail was sent, because this installation cannot send any.</>
              )}
            </Callout>
          ) : null}
        </>
      ) : null}
    </SectionCard>
  )
}
