import type { Metadata } from 'next'
import { completeSetupAction, sendSetup } from '@/app/(auth)/setup/actions'
import { SetupForm } from '@/components/auth/setup-form'
import { LinkButton } from '@/components/ui/link-button'
import { setupLinkState } from '@/lib/auth/setup'
import { runtime } from '@/lib/runtime'

export const metadata: Metadata = { title: 'Set up' }

type SetupPageProps = { searchParams: Promise<{ link?: string | string[] }> }

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { link } = await searchParams
  const secret = typeof link === 'string' ? link : ''
  const { db, environment } = runtime()
  const state = await setupLinkState(db, secret)
  if (state === 'usable') {
    const host = new URL(environment.PUBLIC_URL).host
    return (
      <SetupForm
        secret={secret}
        host={host}
        completeSetup={completeSetupAction}
        sendSetup={sendSetup}
      />
    )
  }
  return state === 'finished' ? (
    <Ended title="Already set up" next={<LinkButton href="/sign-in">Sign in</LinkButton>}>
      This installation has its first organization. Sign in, or ask an admin to add you.
    </Ended>
  ) : (
    <Ended title="This link has ended">
      It was used, it is older than 24 hours, or a part of it is missing. Restart the server: it
      prints a new link as long as there is no organization.
    </Ended>
  )
}

function Ended(props: { title: string; children: string; next?: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-ink text-xl">{props.title}</h1>
      <p className="text-base text-muted">{props.children}</p>
      {props.next}
    </div>
  )
}
