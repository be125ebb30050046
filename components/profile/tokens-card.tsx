import { SectionCard } from '@/components/settings/section-card'
import { LinkButton } from '@/components/ui/link-button'
import { StatusDot } from '@/components/ui/status-dot'

export type TokensCardProps = {
  tenant: string
  profile: { tokens: { live: number; expiringSoon: number } }
}

/** The person's own tokens at a glance. */
export function TokensCard({ tenant, profile }: TokensCardProps) {
  const { live, expiringSoon } = profile.tokens
  return (
    <SectionCard
      title="My tokens"
      description="Programs that act as you in this organization. They stay when you sign out."
      actions={<LinkButton href={`/${tenant}/settings/api-access`}>Manage tokens</LinkButton>}
    >
      <div className="flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        <StatusDot tone={live > 0 ? 'success' : 'neutral'}>
          {live === 0 ? 'No live token' : live === 1 ? '1 live token' : `${live} live tokens`}
        </StatusDot>
        {expiringSoon > 0 ? (
          <StatusDot tone="warning">
            {expiringSoon === 1 ? '1 expires' : `${expiringSoon} expire`} within 7 days
          </StatusDot>
        ) : null}
      </div>
    </SectionCard>
  )
}
