import type { Metadata } from 'next'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { EmailCard } from '@/components/profile/email-card'
import { ExportCard } from '@/components/profile/export-card'
import { NameCard } from '@/components/profile/name-card'
import { PasswordCard } from '@/components/profile/password-card'
import { PictureCard } from '@/components/profile/picture-card'
import { SessionsCard } from '@/components/profile/sessions-card'
import { TokensCard } from '@/components/profile/tokens-card'
import { PageHeader } from '@/components/settings/page-header'
import { getProfile } from '@/lib/profile/queries'
import { listSessions } from '@/lib/profile/sessions'

const SECTION = sectionOf('profile')

export const metadata: Metadata = { title: SECTION.title }

type PageProps = { params: Promise<{ tenant: string }> }

export default async function ProfilePage({ params }: PageProps) {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  const [profile, sessions] = await Promise.all([getProfile(ctx), listSessions(ctx)])
  const own = { tenant, profile }
  return (
    <>
      <PageHeader title={SECTION.title} description={SECTION.description} />
      <div className="flex max-w-form flex-col gap-6">
        <NameCard {...own} />
        <PictureCard {...own} />
        <EmailCard {...own} available={emailAvailable()} />
        <PasswordCard {...own} emailAvailable={emailAvailable()} />
        <SessionsCard tenant={tenant} now={ctx.now} sessions={sessions} />
        <TokensCard {...own} />
        <ExportCard tenant={tenant} />
      </div>
    </>
  )
}
