import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Panel, PanelLine, Paragraph, Strong } from '@/lib/email/templates/frame'
import { utcMoment } from '@/lib/email/templates/moment'
import { PRODUCT } from '@/lib/email/templates/sender'

function PasswordChangedEmail({ facts, publicUrl }: EmailProps<'password-changed'>) {
  const { displayName, ip, at } = facts
  return (
    <Frame
      sender={PRODUCT}
      publicUrl={publicUrl}
      preview={`It was changed on ${utcMoment(at)}.`}
      heading="Your password was changed"
      reason="You receive this e-mail whenever your password changes, so that nobody can do it unseen."
    >
      <Paragraph>
        Hello <Strong>{displayName}</Strong>, your account has a new password. If it was you, there
        is nothing to do.
      </Paragraph>
      <Panel>
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
        If it was not you, reset the password from the sign-in page now and tell an admin of your
        organization.
      </Paragraph>
    </Frame>
  )
}

export const passwordChanged: EmailContent<'password-changed'> = {
  subject: () => 'Your password was changed',
  needsLink: false,
  Email: PasswordChangedEmail,
}
