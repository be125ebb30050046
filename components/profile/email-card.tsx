import { SectionCard } from '@/components/settings/section-card'
import { DescriptionList } from '@/components/ui/description-list'
import { EmailForm } from './email-form'
import { VerifiedMark } from './email-standing'

export type EmailCardProps = {
  tenant: string
  profile: { email: string; emailVerified: boolean }
  /** Whether e-mail can be sent, and so a new address be confirmed. */
  available: boolean
}

/** What the person signs in with. */
export function EmailCard({ tenant, profile, available }: EmailCardProps) {
  if (available) return <EmailForm tenant={tenant} {...profile} />
  return (
    <SectionCard title="E-mail address" description="What you sign in with.">
      <DescriptionList
        items={[
          {
            term: 'Address',
            detail: (
              <span className="flex flex-wrap items-center gap-2">
                {profile.email}
                {profile.emailVerified ? <VerifiedMark /> : null}
              </span>
            ),
          },
        ]}
      />
      <p className="mt-3 text-muted text-sm">
        It cannot be changed here: a new address is confirmed by a link, and this installation sends
        no e-mail. Ask whoever runs it to set that up.
      </p>
    </SectionCard>
  )
}
