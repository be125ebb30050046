import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Paragraph } from '@/lib/email/templates/frame'
import { PRODUCT } from '@/lib/email/templates/sender'

function NotificationEmail({ facts, link, publicUrl }: EmailProps<'notification'>) {
  const { title, body, action, why, organizationName, organizationWebsite, logoId } = facts
  const sender =
    organizationName === null
      ? PRODUCT
      : { name: organizationName, logoId, website: organizationWebsite }
  return (
    <Frame
      sender={sender}
      publicUrl={publicUrl}
      preview={body}
      heading={title}
      action={
        action ? { label: action.label, link: publicUrl + action.path, ends: null } : undefined
      }
      reason={`Why you receive this e-mail: ${why}`}
      stop={link === null ? undefined : { label: 'Stop e-mails of this kind', link }}
    >
      <Paragraph>{body}</Paragraph>
    </Frame>
  )
}

export const notification: EmailContent<'notification'> = {
  subject: ({ title }) => title,
  needsLink: false,
  Email: NotificationEmail,
}
