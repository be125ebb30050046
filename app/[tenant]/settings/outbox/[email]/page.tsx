import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { EmailPreview } from '@/components/outbox/email-preview'
import { EmailState } from '@/components/outbox/email-state'
import { PageHeader } from '@/components/settings/page-header'
import { BackLink } from '@/components/ui/back-link'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { getOutgoingEmail } from '@/lib/email/queries'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import { runtime } from '@/lib/runtime'

type PageProps = { params: Promise<{ tenant: string; email: string }> }

/** What stands in for the one-time link, which only the recipient ever sees. */
const NO_LINK = '/link-only-in-the-e-mail'

const writtenEmail = cache(async (tenant: string, emailId: string) => {
  const ctx = await dashboardContext(tenant)
  if (!sectionOf('outbox').visibleTo(ctx.principal) || !isUuid(emailId)) notFound()
  const email = await getOutgoingEmail(ctx, { emailId }).catch((error: unknown) => {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  })
  const { environment, renderEmail } = runtime()
  const publicUrl = environment.PUBLIC_URL
  const { template, facts } = email
  const link = publicUrl + NO_LINK
  return { ctx, email, rendered: await renderEmail({ template, facts, link, publicUrl }) }
})

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, email } = await params
  return { title: `${(await writtenEmail(tenant, email)).rendered.subject} · Outbox` }
}

export default async function OutgoingEmailPage({ params }: PageProps) {
  const { tenant, email: emailId } = await params
  const { ctx, email, rendered } = await writtenEmail(tenant, emailId)
  return (
    <>
      <BackLink href={`/${tenant}/settings/outbox`}>Outbox</BackLink>
      <PageHeader title={rendered.subject} description={`To ${email.recipient}`} />
      <DescriptionList
        layout="columns"
        items={[
          { term: 'State', detail: <EmailState email={email} now={ctx.now} wholeError /> },
          { term: 'Written', detail: <AbsoluteTime at={email.createdAt} /> },
          { term: 'Tries', detail: String(email.attempts) },
          ...(email.state === 'WAITING'
            ? [{ term: 'Next try', detail: <AbsoluteTime at={email.nextAttemptAt} /> }]
            : []),
        ]}
      />
      <EmailPreview html={rendered.html} text={rendered.text} />
    </>
  )
}
