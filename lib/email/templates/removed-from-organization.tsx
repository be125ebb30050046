import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Paragraph, Strong } from '@/lib/email/templates/frame'

function RemovedEmail({ facts, publicUrl }: EmailProps<'removed-from-organization'>) {
  const { organizationName, removedBy } = facts
  return (
    <Frame
      sender={{ name: organizationName }}
      publicUrl={publicUrl}
      preview={`${removedBy} removed you from ${organizationName}.`}
      heading={`You are no longer a member of ${organizationName}`}
      reason={`You receive this e-mail because you were a member of ${organizationName}. If this is a mistake, ask an admin there to invite you again.`}
    >
      <Paragraph>
        <Strong>{removedBy}</Strong> removed you from <Strong>{organizationName}</Strong>. You can
        no longer open it, and your personal tokens there have stopped working. Your account stays.
      </Paragraph>
    </Frame>
  )
}

export const removedFromOrganization: EmailContent<'removed-from-organization'> = {
  subject: (facts) => `You were removed from ${facts.organizationName}`,
  needsLink: false,
  Email: RemovedEmail,
}
