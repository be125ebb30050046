import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Panel, PanelLine, Paragraph, Strong } from '@/lib/email/templates/frame'

function InvitationEmail({ facts, link, publicUrl }: EmailProps<'invitation'>) {
  const { organizationName, invitedBy, roleLabel, message, expiresAt } = facts
  return (
    <Frame
      sender={{
        name: organizationName,
        logoId: facts.logoId,
        website: facts.organizationWebsite,
      }}
      publicUrl={publicUrl}
      preview={`${invitedBy} invited you to join as ${roleLabel}.`}
      heading={`Join ${organizationName}`}
      action={{ label: 'Accept the invitation', link, ends: expiresAt }}
      reason={`You receive this e-mail because ${invitedBy} entered your address. If you do not expect it, ignore it: you join nothing unless you accept.`}
    >
      <Paragraph>
        <Strong>{invitedBy}</Strong> invited you to join <Strong>{organizationName}</Strong> as{' '}
        <Strong>{roleLabel}</Strong>.
      </Paragraph>
      {message.trim() === '' ? null : (
        <Panel>
          {message
            .trim()
            .split(/\r\n|\r|\n/)
            .map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never again.
              <PanelLine key={index}>{line === '' ? '\u00a0' : line}</PanelLine>
            ))}
        </Panel>
      )}
    </Frame>
  )
}

export const invitation: EmailContent<'invitation'> = {
  subject: (facts) => `${facts.invitedBy} invited you to join ${facts.organizationName}`,
  needsLink: true,
  Email: InvitationEmail,
}
