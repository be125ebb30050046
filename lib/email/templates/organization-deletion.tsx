import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Paragraph, Strong } from '@/lib/email/templates/frame'
import { utcMoment } from '@/lib/email/templates/moment'

function OrganizationDeletionEmail({ facts, publicUrl }: EmailProps<'organization-deletion'>) {
  const { organizationName, askedBy, deletesAt } = facts
  return (
    <Frame
      sender={{ name: organizationName }}
      publicUrl={publicUrl}
      preview={`Until ${utcMoment(deletesAt)} an admin can restore it.`}
      heading={`${organizationName} will be deleted`}
      reason={`You receive this e-mail because you are an admin of ${organizationName}.`}
    >
      <Paragraph>
        <Strong>{askedBy}</Strong> asked to delete <Strong>{organizationName}</Strong>. On{' '}
        <Strong>{utcMoment(deletesAt)}</Strong> it ends for good, with its members, service
        accounts, tokens and logs.
      </Paragraph>
      <Paragraph>
        Until then any admin can restore it in its settings. If nobody should delete it, do that
        now.
      </Paragraph>
    </Frame>
  )
}

export const organizationDeletion: EmailContent<'organization-deletion'> = {
  subject: (facts) => `${facts.organizationName} will be deleted`,
  needsLink: false,
  Email: OrganizationDeletionEmail,
}
