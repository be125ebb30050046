import type { ReactNode } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { CopyButton } from '@/components/ui/copy-button'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import type { TokenDetail } from '@/lib/tokens/queries'

export type TokenFactsProps = { token: TokenDetail; tenant: string; now: number }

export function TokenFacts({ token, tenant, now }: TokenFactsProps) {
  return (
    <SectionCard title="Facts">
      <DescriptionList
        className="sm:[&>div]:grid-cols-[6rem_minmax(0,1fr)]"
        items={[
          { term: 'Token id', detail: <Copyable value={token.id} /> },
          { term: 'Owner', detail: <Owner token={token} tenant={tenant} /> },
          {
            term: 'Created',
            detail: (
              <>
                <AbsoluteTime at={token.createdAt} /> by {token.createdBy.label}
              </>
            ),
          },
          { term: 'Expires', detail: <Expiry token={token} /> },
          { term: 'Last used', detail: <LastUsed token={token} now={now} /> },
          ...endFacts(token),
        ]}
      />
    </SectionCard>
  )
}

function Copyable({ value }: { value: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="break-all text-xs">{value}</code>
      <CopyButton value={value} label="Copy token id" className="-my-1" />
    </span>
  )
}

function Owner({ token, tenant }: Omit<TokenFactsProps, 'now'>) {
  if (token.owner.type === 'user') return token.owner.label
  return (
    <TextLink href={`/${tenant}/settings/api-access/service-accounts/${token.owner.id}`}>
      {token.owner.label}
    </TextLink>
  )
}

function Expiry({ token }: { token: TokenDetail }) {
  const { effectiveExpiresAt: effective, expiresAt } = token
  if (effective === null) return <span className="text-warning-text">Never</span>
  if (effective === expiresAt) return <AbsoluteTime at={effective} />
  return (
    <>
      <AbsoluteTime at={effective} />
      <span className="block text-muted text-xs">
        By the organization’s maximum life;{' '}
        {expiresAt === null ? (
          'it has no date of its own.'
        ) : (
          <>
            its own date is <AbsoluteTime at={expiresAt} />.
          </>
        )}
      </span>
    </>
  )
}

function LastUsed({ token, now }: { token: TokenDetail; now: number }) {
  if (token.lastUsedAt === null) return 'Never'
  return (
    <>
      <RelativeTime at={token.lastUsedAt} now={now} />
      {token.lastUsedIp ? (
        <>
          {' '}
          from <code className="text-xs">{token.lastUsedIp}</code>
        </>
      ) : null}
    </>
  )
}

function endFacts(token: TokenDetail): { term: string; detail: ReactNode }[] {
  if (token.revokedAt === null) return []
  const verb = token.state === 'overlap' ? 'Old secret stops' : 'Ended'
  return [
    {
      term: verb,
      detail: (
        <>
          <AbsoluteTime at={token.revokedAt} />
          <span className="block text-muted text-xs">{token.stateReason}</span>
        </>
      ),
    },
  ]
}
