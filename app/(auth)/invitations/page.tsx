import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentSession } from '@/app/_session/current-session'
import { OwnInvitations } from '@/components/auth/own-invitations'
import { TextLink } from '@/components/ui/text-link'
import { runtime } from '@/lib/runtime'
import { listOwnInvitations } from '@/lib/team/pending'

export const metadata: Metadata = { title: 'Your invitations' }

/** Where the notice of an invitation leads: all that wait for the person who is signed in. */
export default async function OwnInvitationsPage() {
  const session = await currentSession()
  if (!session) redirect('/sign-in?returnTo=%2Finvitations')
  const invitations = await listOwnInvitations(runtime().db, session)
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">Your invitations</h1>
        <p className="text-muted text-sm">
          {invitations.length > 0
            ? `Sent to ${session.email}.`
            : `Nothing waits for ${session.email}. An invitation that was answered, withdrawn or has expired is not listed.`}
        </p>
      </div>
      <OwnInvitations invitations={invitations} />
      <TextLink href="/" className="self-start text-sm">
        Back to your settings
      </TextLink>
    </div>
  )
}
