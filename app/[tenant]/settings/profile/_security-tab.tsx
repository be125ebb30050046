import { currentSession } from '@/app/_session/current-session'
import { accountContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { relyingParty } from '@/app/_session/relying-party'
import { SecurityPanel } from '@/app/[tenant]/settings/profile/_tab-code'
import { lacksSecondFactor } from '@/lib/auth/sessions'
import { getSignInFacts } from '@/lib/profile/queries'
import { listSessions } from '@/lib/profile/sessions'
import { twoFactorState } from '@/lib/two-factor/state'

/** By what the person signs in, and where they are signed in. */
export async function SecurityTab({ tenant }: { tenant: string }) {
  const ctx = await accountContext(tenant)
  const [person, twoFactor, sessions, session] = await Promise.all([
    getSignInFacts(ctx),
    twoFactorState(ctx),
    listSessions(ctx),
    currentSession(),
  ])
  const { id, name } = ctx.organization
  return (
    <SecurityPanel
      tenant={tenant}
      now={ctx.now}
      person={person}
      twoFactor={twoFactor}
      sessions={sessions}
      emailAvailable={emailAvailable()}
      siteHost={relyingParty().id}
      demandedBy={session && lacksSecondFactor(session, id) ? name : null}
    />
  )
}
