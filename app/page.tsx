import { redirect } from 'next/navigation'
import { currentSession } from '@/app/_session/current-session'
import { NoOrganization } from '@/components/auth/no-organization'
import { SetupNotice } from '@/components/auth/setup-notice'
import { isEmptyInstallation } from '@/lib/auth/setup'
import { runtime } from '@/lib/runtime'
import { listOwnInvitations } from '@/lib/team/pending'

export default async function HomePage() {
  const session = await currentSession()
  const first = session?.memberships[0]
  if (first) redirect(`/${first.organization.slug}/settings`)
  if (session) {
    const invitations = await listOwnInvitations(runtime().db, session)
    return <NoOrganization email={session.email} invitations={invitations} />
  }
  if (await isEmptyInstallation(runtime().db)) return <SetupNotice />
  redirect('/sign-in')
}
