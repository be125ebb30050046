import type { Metadata } from 'next'
import { currentSession } from '@/app/_session/current-session'
import { InvitationAccept } from '@/components/auth/invitation-accept'
import { InvitationHeader } from '@/components/auth/invitation-header'
import { InvitationNewPerson } from '@/components/auth/invitation-new-person'
import { InvitationOtherAccount } from '@/components/auth/invitation-other-account'
import { LinkButton } from '@/components/ui/link-button'
import type { ActiveSession } from '@/lib/auth/sessions'
import { runtime } from '@/lib/runtime'
import { invitationState } from '@/lib/team/accept'
import type { UsableInvitation } from '@/lib/team/model'

// The address is the secret: no other page, not even one of ours, learns it as a referrer. Not
// `no-referrer`, under which a form that is sent without scripts says no origin, and is refused.
export const metadata: Metadata = {
  title: 'Invitation',
  referrer: 'strict-origin',
  robots: { index: false, follow: false },
}

type InvitationPageProps = { params: Promise<{ secret: string }> }

export default async function InvitationPage({ params }: InvitationPageProps) {
  const { secret } = await params
  const [invitation, session] = await Promise.all([
    invitationState(runtime().db, secret),
    currentSession(),
  ])
  if (invitation.state === 'ended') return <Ended signedIn={session !== null} />
  // Whoever is signed in with another address is not told which one was invited.
  if (session && session.email !== invitation.email) {
    return <InvitationOtherAccount email={session.email} />
  }
  return (
    <div className="flex flex-col gap-6">
      <InvitationHeader invitation={invitation} />
      <Answer secret={secret} invitation={invitation} session={session} />
    </div>
  )
}

type AnswerProps = { secret: string; invitation: UsableInvitation; session: ActiveSession | null }

function Answer({ secret, invitation, session }: AnswerProps) {
  const { organizationName, email } = invitation
  if (session) {
    return <InvitationAccept secret={secret} organizationName={organizationName} email={email} />
  }
  if (!invitation.hasAccount) {
    return <InvitationNewPerson secret={secret} organizationName={organizationName} email={email} />
  }
  const returnTo = encodeURIComponent(`/invitations/${secret}`)
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="text-muted text-sm">
        <strong className="break-all font-medium text-ink">{email}</strong> has an account already.
        Sign in with it, and you come back here to accept.
      </p>
      <LinkButton variant="primary" href={`/sign-in?returnTo=${returnTo}`} prefetch={false}>
        Sign in to accept
      </LinkButton>
    </div>
  )
}

function Ended({ signedIn }: { signedIn: boolean }) {
  return (
    <div className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-ink text-xl">This invitation has ended</h1>
      <p className="text-muted text-sm">
        It was answered, withdrawn or replaced by a newer one, it is older than 7 days, or a part of
        the link is missing. Look for a newer e-mail, or ask whoever invited you to send it again.
      </p>
      <LinkButton href={signedIn ? '/' : '/sign-in'}>
        {signedIn ? 'Go to your organization' : 'Sign in'}
      </LinkButton>
    </div>
  )
}
