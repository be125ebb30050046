import type { Metadata } from 'next'
import { MessagePage } from '@/components/shell/message-page'
import { LinkButton } from '@/components/ui/link-button'

export const metadata: Metadata = { title: 'Not found' }

/** The one page for what is missing, what is foreign and what may not be seen. */
export default function NotFoundPage() {
  return (
    <MessagePage
      title="There is nothing here"
      actions={
        <LinkButton href="/" variant="primary">
          Go to your organization
        </LinkButton>
      }
    >
      The address may be wrong, the page may have moved, or you may not have access to it. If
      someone sent you here, ask them to check that you are a member of the organization.
    </MessagePage>
  )
}
