import { SectionCard } from '@/components/settings/section-card'
import { DescriptionList } from '@/components/ui/description-list'
import { EmailForm } from './email-form'

export type EmailCardProps = {
  tenant: string
  profile: { email: string }
  /** Whether e-mail can be sent, and so a new address be confirmed. */
  available: boolean
}

/** What the person signs in with. */
export function EmailCard({ tenant, profile, available }: EmailCardProps) {
  if (available) return <EmailForm tenant={tenant} email={profile.email} />
  return (
    <SectionCard title="E-mail address" description="What you sign in with.">
      <DescriptionList items={[{ term: 'Address', detail: profile.email }]} />
      <p className="mt-3 text-muted text-sm">
        It cannot be changed here: a new address is confirmed by a link, and this installation sends
        no e-mail. Ask whoever runs it to set that up.
      </p>
    </SectionCard>
  )
}
