import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentSession } from '@/app/_session/current-session'
import { emailAvailable } from '@/app/_session/email-available'
import { SignInPanel } from '@/components/auth/sign-in-panel'
import { ROLE_FACTS } from '@/lib/access/roles'
import { DEMO_PASSWORD, listDemoLogins } from '@/lib/auth/demo'
import { safeReturnTo } from '@/lib/auth/return-to'
import { isEmptyInstallation } from '@/lib/auth/setup'
import { runtime } from '@/lib/runtime'

export const metadata: Metadata = { title: 'Sign in' }

type SignInPageProps = { searchParams: Promise<{ returnTo?: string | string[] }> }

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { returnTo } = await searchParams
  const target = safeReturnTo(typeof returnTo === 'string' ? returnTo : null)
  if (await currentSession()) redirect(target)
  const { db } = runtime()
  if (await isEmptyInstallation(db)) redirect('/')
  const logins = await listDemoLogins(db)
  return (
    <SignInPanel
      returnTo={target}
      canReset={emailAvailable()}
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
