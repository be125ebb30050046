'use client'

import { PasswordCard, type PasswordCardProps } from '@/components/profile/password-card'
import { SessionsCard } from '@/components/profile/sessions-card'
import { Callout } from '@/components/ui/callout'
import type { OwnSession } from '@/lib/profile/sessions'
import type { TwoFactorState } from '@/lib/two-factor/model'
import { AppCard } from './app-card'
import { PasskeysCard } from './passkeys-card'
import { RecoveryCodesCard } from './recovery-codes-card'
import { factorCount } from './security-words'

export type SecurityPanelProps = {
  tenant: string
  now: number
  person: PasswordCardProps['person']
  twoFactor: TwoFactorState
  sessions: readonly OwnSession[]
  emailAvailable: boolean
  /** The host name that passkeys of this site belong to. */
  siteHost: string
  /** The organization that shows nothing else before there is a second factor; null where none does. */
  demandedBy: string | null
}

/** By what the person signs in, and where they are signed in. */
export function SecurityPanel(props: SecurityPanelProps) {
  const { tenant, now, person, twoFactor, demandedBy } = props
  const own = { tenant, email: person.email }
  return (
    <div className="flex max-w-form flex-col gap-6">
      {demandedBy ? (
        <Callout tone="warning" title={`${demandedBy} requires two-factor authentication`}>
          Set up an authenticator app or add a passkey. Until then you see nothing else of it than
          your own profile.
        </Callout>
      ) : null}
      <AppCard {...own} twoFactor={twoFactor} />
      <PasskeysCard {...own} now={now} twoFactor={twoFactor} siteHost={props.siteHost} />
      {factorCount(twoFactor) > 0 ? (
        <RecoveryCodesCard {...own} left={twoFactor.recoveryCodesLeft} />
      ) : null}
      <PasswordCard tenant={tenant} person={person} emailAvailable={props.emailAvailable} />
      <SessionsCard tenant={tenant} now={now} sessions={props.sessions} />
    </div>
  )
}
