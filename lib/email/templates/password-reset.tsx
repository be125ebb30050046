import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Paragraph, Strong } from '@/lib/email/templates/frame'
import { PRODUCT } from '@/lib/email/templates/sender'

function PasswordResetEmail({ facts, link, publicUrl }: EmailProps<'password-reset'>) {
  const { displayName, ip, expiresAt } = facts
  return (
    <Frame
      sender={PRODUCT}
      publicUrl={publicUrl}
      preview="Choose a new password for your account."
      heading="Reset your password"
      action={{ label: 'Choose a new password', link, ends: expiresAt }}
      reason="You receive this e-mail because a reset was asked for on the sign-in page. If it was not you, ignore it: your password stays as it is."
    >
      <Paragraph>
        Hello <Strong>{displayName}</Strong>, somebody asked to reset the password of your account
        {ip === null ? '' : ` from ${ip}`}.
      </Paragraph>
    </Frame>
  )
}

export const passwordReset: EmailContent<'password-reset'> = {
  subject: () => 'Reset your password',
  needsLink: true,
  Email: PasswordResetEmail,
}
