import type { Metadata } from 'next'
import { LinkEnded } from '@/components/auth/link-ended'
import { VerifyEmailPanel } from '@/components/auth/verify-email-panel'
import { findEmailVerification } from '@/lib/profile/email-verification'
import { runtime } from '@/lib/runtime'

// The address is the secret: no other page, not even one of ours, learns it as a referrer.
export const metadata: Metadata = {
  title: 'Verify your e-mail address',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
}

type PageProps = { params: Promise<{ secret: string }> }

/** Only asks: programs that look for malware open every link of an e-mail. */
export default async function VerifyEmailPage({ params }: PageProps) {
  const { secret } = await params
  const email = await findEmailVerification(runtime().db, secret)
  if (email) return <VerifyEmailPanel secret={secret} email={email} />
  return (
    <LinkEnded next={{ href: '/', label: 'Go to your settings' }}>
      It was used or replaced by a newer one, it is older than 24 hours, or a part of it is missing.
      Ask for a new one in your profile.
    </LinkEnded>
  )
}
