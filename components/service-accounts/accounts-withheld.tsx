import { Lock } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'

export type AccountsWithheldProps = { roleLabel: string; ownTokensHref: string }

/** For those who may not see service accounts: why, and what they can do instead. */
export function AccountsWithheld({ roleLabel, ownTokensHref }: AccountsWithheldProps) {
  return (
    <EmptyState
      icon={<Lock />}
      title="Only admins manage service accounts"
      description={`You are signed in as ${roleLabel}. Service accounts act for the organization, not for a person, so their names, grants and tokens are shown to admins only. For a workload of yours, ask an admin to create one.`}
      actions={<LinkButton href={ownTokensHref}>See your personal tokens</LinkButton>}
    />
  )
}
