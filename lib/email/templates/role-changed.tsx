import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Paragraph, Strong } from '@/lib/email/templates/frame'

function RoleChangedEmail({ facts, publicUrl }: EmailProps<'role-changed'>) {
  const { organizationName, before, after, changedBy } = facts
  return (
    <Frame
      sender={{ name: organizationName }}
      publicUrl={publicUrl}
      preview={`${changedBy} changed your role from ${before} to ${after}.`}
      heading={`Your role is now ${after}`}
      reason={`You receive this e-mail because you are a member of ${organizationName}. If the change surprises you, ask ${changedBy}.`}
    >
      <Paragraph>
        <Strong>{changedBy}</Strong> changed your role in <Strong>{organizationName}</Strong> from{' '}
        <Strong>{before}</Strong> to <Strong>{after}</Strong>. It counts from now on, for your
        personal tokens too.
      </Paragraph>
    </Frame>
  )
}

export const roleChanged: EmailContent<'role-changed'> = {
  subject: (facts) => `Your role in ${facts.organizationName} is now ${facts.after}`,
  needsLink: false,
  Email: RoleChangedEmail,
}
