import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentSession } from '@/app/_session/current-session'
import { emailAvailable } from '@/app/_session/email-available'
import { oidcName } from '@/app/_session/oidc-provider'
import { redirectFailure } from '@/components/auth/redirect-failure'
import { SignInPanel } from '@/components/auth/sign-in-panel'
import { ROLE_FACTS } from '@/lib/access/roles'
import { DEMO_PASSWORD, listDemoLogins } from '@/lib/auth/demo'
import { safeReturnTo } from '@/lib/auth/return-to'
import { isEmptyInstallation } from '@/lib/auth/setup'
import { runtime } from '@/lib/runtime'

export const metadata: Metadata = { title: 'Sign in' }

type SignInPageProps = {
  searchParams: Promise<Partial<Record<'returnTo' | 'error', string | string[]>>>
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { returnTo, error } = await searchParams
  const target = safeReturnTo(typeof returnTo === 'string' ? returnTo : null)
  if (await currentSession()) redirect(target)
  const { db } = runtime()
  if (await isEmptyInstallation(db)) redirect('/')
  const logins = await listDemoLogins(db)
  return (
    <SignInPanel
      returnTo={target}
      canReset={emailAvailable()}
      companyName={oidcName()}
      failure={typeof error === 'string' ? redirectFailure(error) : null}
      demo={
        logins.length === 0
          ? null
          : {
              password: DEMO_PASSWORD,
              logins: logins.map(({ role, ...login }) => ({
                ...login,
                roleLabel: ROLE_FACTS[role].label,
              })),
            }
      }
    />
  )
}
