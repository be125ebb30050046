import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Paragraph, Strong } from '@/lib/email/templates/frame'
import { PRODUCT } from '@/lib/email/templates/sender'

function VerifyEmail({ facts, link, publicUrl }: EmailProps<'verify-email'>) {
  const { displayName, email, expiresAt } = facts
  return (
    <Frame
      sender={PRODUCT}
      publicUrl={publicUrl}
      preview="Show that this mailbox is yours."
      heading="Verify your e-mail address"
      action={{ label: 'Verify the address', link, ends: expiresAt }}
      reason="You receive this e-mail because somebody who is signed in with this address asked for it. If it was not you, ignore it: nothing changes."
    >
      <Paragraph>
        Hello <Strong>{displayName}</Strong>, confirm that <Strong>{email}</Strong> is yours. You
        can then answer invitations that are sent to it right where you are signed in.
      </Paragraph>
    </Frame>
  )
}

export const verifyEmail: EmailContent<'verify-email'> = {
  subject: () => 'Verify your e-mail address',
  needsLink: true,
  Email: VerifyEmail,
}
