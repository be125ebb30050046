import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Paragraph, Strong } from '@/lib/email/templates/frame'
import { PRODUCT } from '@/lib/email/templates/sender'

function ConfirmEmailChangeEmail({ facts, link, publicUrl }: EmailProps<'confirm-email-change'>) {
  const { displayName, newEmail, expiresAt } = facts
  return (
    <Frame
      sender={PRODUCT}
      publicUrl={publicUrl}
      preview="Your account changes to this address once you confirm it."
      heading="Confirm your new e-mail address"
      action={{ label: 'Confirm the address', link, ends: expiresAt }}
      reason="You receive this e-mail because this address was entered for an account. If it was not you, ignore it: nothing changes."
    >
      <Paragraph>
        Hello <Strong>{displayName}</Strong>, confirm that <Strong>{newEmail}</Strong> is yours.
        From then on you sign in with it.
      </Paragraph>
    </Frame>
  )
}

export const confirmEmailChange: EmailContent<'confirm-email-change'> = {
  subject: () => 'Confirm your new e-mail address',
  needsLink: true,
  Email: ConfirmEmailChangeEmail,
}
