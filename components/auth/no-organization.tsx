'use client'

import { useState } from 'react'
import { MessagePage } from '@/components/shell/message-page'
import { leave } from '@/components/shell/sign-out'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { OwnInvitation } from '@/lib/team/pending'
import { OwnInvitations } from './own-invitations'

const CreateOrganizationDialog = lazyOverlay(
  () =>
    import('@/components/organization/create-organization-dialog').then(
      (module) => module.CreateOrganizationDialog,
    ),
  { opens: (props) => props.open, close: (props) => props.onOpenChange(false) },
)

export type NoOrganizationProps = { email: string; invitations: readonly OwnInvitation[] }

export function NoOrganization({ email, invitations }: NoOrganizationProps) {
  const [creating, setCreating] = useState(false)
  return (
    <MessagePage
      title="You are in no organization"
      actions={
        <>
          <Button variant="primary" onClick={() => setCreating(true)}>
            Create organization
          </Button>
          <Button onClick={() => void leave()}>Sign out</Button>
        </>
      }
    >
      <p>
        You are signed in as <strong className="font-medium text-ink">{email}</strong>, which
        belongs to no organization. Ask an admin to add this address, create an organization of your
        own, or sign in with another address.
      </p>
      <OwnInvitations invitations={invitations} />
      <CreateOrganizationDialog open={creating} onOpenChange={setCreating} />
    </MessagePage>
  )
}
