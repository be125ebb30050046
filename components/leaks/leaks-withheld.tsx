import { Lock } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'

export type LeaksWithheldProps = { roleLabel: string; ownTokensHref: string }

/** For those who may not see other people's tokens: why, and what they can do instead. */
export function LeaksWithheld({ roleLabel, ownTokensHref }: LeaksWithheldProps) {
  return (
    <EmptyState
      icon={<Lock />}
      title="Only admins see leak reports"
      description={`You are signed in as ${roleLabel}. When a token of yours is reported as leaked, you are told at once. If you have found one yourself, revoke it, or ask an admin whose it is.`}
      actions={<LinkButton href={ownTokensHref}>See your personal tokens</LinkButton>}
    />
  )
}
