import type { Metadata } from 'next'
import { LinkEnded } from '@/components/auth/link-ended'
import { ResetPasswordForm } from '@/components/auth/reset-password-form'
import { findPasswordReset } from '@/lib/profile/password-reset'
import { runtime } from '@/lib/runtime'

// The address is the secret: no other page, not even one of ours, learns it as a referrer. Not
// `no-referrer`, under which a form that is sent without scripts says no origin, and is refused.
export const metadata: Metadata = {
  title: 'Choose a new password',
  referrer: 'strict-origin',
  robots: { index: false, follow: false },
}

type PageProps = { params: Promise<{ secret: string }> }

export default async function ResetPasswordPage({ params }: PageProps) {
  const { secret } = await params
  const person = await findPasswordReset(runtime().db, secret)
  if (person) return <ResetPasswordForm secret={secret} person={person} />
  return (
    <LinkEnded next={{ href: '/forgot-password', label: 'Ask for a new link' }}>
      It was used or replaced by a newer one, it is older than an hour, or a part of it is missing.
    </LinkEnded>
  )
}
