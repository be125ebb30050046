import type { Metadata } from 'next'
import { currentSession } from '@/app/_session/current-session'
import { maskedAddress } from '@/components/notifications/masked-address'
import { preferencesHref } from '@/components/notifications/preferences-href'
import { UnsubscribePanel } from '@/components/notifications/unsubscribe-panel'
import { LinkButton } from '@/components/ui/link-button'
import { findUnsubscription } from '@/lib/notifications/unsubscribe'
import { runtime } from '@/lib/runtime'

// The address is the secret: no other page, not even one of ours, learns it as a referrer. Not
// `no-referrer`, under which a form that is sent without scripts says no origin, and is refused.
export const metadata: Metadata = {
  title: 'Stop these e-mails',
  referrer: 'strict-origin',
  robots: { index: false, follow: false },
}

type PageProps = { params: Promise<{ secret: string }> }

/** Only asks: programs that look for malware open every link of an e-mail. */
export default async function UnsubscribePage({ params }: PageProps) {
  const { secret } = await params
  const { db, crypto } = runtime()
  const [found, session] = await Promise.all([
    findUnsubscription({ db, crypto, secret }),
    currentSession(),
  ])
  const tenant = session?.memberships[0]?.organization.slug
  const preferences = tenant === undefined ? '/' : preferencesHref(tenant)
  if (!found) return <NoSuchLink preferences={preferences} />
  return (
    <UnsubscribePanel
      secret={secret}
      label={found.label}
      // Whoever has the e-mail knows the address; whoever was sent the link does not.
      address={maskedAddress(found.email)}
      preferences={preferences}
    />
  )
}

function NoSuchLink({ preferences }: { preferences: string }) {
  return (
    <div className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-ink text-xl">This link stops nothing</h1>
      <p className="text-muted text-sm">
        A part of it is missing, or the account that it was made for is gone. What is sent to you is
        also among your notification preferences.
      </p>
      <LinkButton href={preferences}>Notification preferences</LinkButton>
    </div>
  )
}
