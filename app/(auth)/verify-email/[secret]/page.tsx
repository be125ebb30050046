import type { Metadata } from 'next'
import { LinkEnded } from '@/components/auth/link-ended'
import { VerifyEmailPanel } from '@/components/auth/verify-email-panel'
import { findEmailVerification } from '@/lib/profile/email-verification'
import { runtime } from '@/lib/runtime'

// The address is the secret: no other page, not even one of ours, learns it as a referrer. Not
// `no-referrer`, under which a form that is sent without scripts says no origin, and is refused.
export const metadata: Metadata = {
  title: 'Verify your e-mail address',
  referrer: 'strict-origin',
  robots: { index: false, follow: false },
}

type PageProps = { params: Promise<{ secret: string }> }

/** Only asks: programs that look for malware open every link of an e-mail. */
export default async function VerifyEmailPage({ params }: PageProps) {
  const { secret } = await params
  const email = await findEmailVerification(runtime().db, secret)
  return <VerifyEmailPanel secret={secret} email={email} ended={<Ended />} />
}

function Ended() {
  return (
    <LinkEnded next={{ href: '/', label: 'Go to your settings' }}>
      It was used or replaced by a newer one, it is older than 24 hours, or a part of it is missing.
      Ask for a new one in your profile.
    </LinkEnded>
  )
}
