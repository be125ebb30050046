'use client'

import { MessagePage } from '@/components/shell/message-page'
import { leave } from '@/components/shell/sign-out'
import { Button } from '@/components/ui/button'

export function NoOrganization({ email }: { email: string }) {
  return (
    <MessagePage
      title="You are in no organization"
      actions={<Button onClick={() => void leave()}>Sign out</Button>}
    >
      <p>
        You are signed in as <strong className="font-medium text-ink">{email}</strong>, which
        belongs to no organization. Ask an admin to add this address, or sign in with another one.
      </p>
    </MessagePage>
  )
}
