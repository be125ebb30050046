import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Panel, PanelLine, Paragraph, Strong } from '@/lib/email/templates/frame'
import { utcMoment } from '@/lib/email/templates/moment'
import { PRODUCT } from '@/lib/email/templates/sender'

function EmailChangeNotice({ facts, publicUrl }: EmailProps<'email-change-notice'>) {
  const { displayName, newEmail, ip, at } = facts
  return (
    <Frame
      sender={PRODUCT}
      publicUrl={publicUrl}
      preview={`A change to ${newEmail} was asked for.`}
      heading="Your e-mail address is about to change"
      reason="You receive this e-mail at the old address, so that nobody can take over your account unseen."
    >
      <Paragraph>
        Hello <Strong>{displayName}</Strong>, a new e-mail address was asked for. Your account
        changes to it as soon as it is confirmed there.
      </Paragraph>
      <Panel>
        <PanelLine>
          New address: <Strong>{newEmail}</Strong>
        </PanelLine>
        <PanelLine>
          When: <Strong>{utcMoment(at)}</Strong>
        </PanelLine>
        {ip === null ? null : (
          <PanelLine>
            From: <Strong>{ip}</Strong>
          </PanelLine>
        )}
      </Panel>
      <Paragraph>
        If it was you, there is nothing to do here. If it was not, change your password now:
        somebody else may know it.
      </Paragraph>
    </Frame>
  )
}

export const emailChangeNotice: EmailContent<'email-change-notice'> = {
  subject: () => 'Your e-mail address is about to change',
  needsLink: false,
  Email: EmailChangeNotice,
}
