import type { ReactNode } from 'react'
import { BackLink } from '@/components/ui/back-link'
import { Callout } from '@/components/ui/callout'
import { CopyButton } from '@/components/ui/copy-button'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { AccountState } from './account-state'
import { grantWords } from './account-words'

export type AccountHeaderProps = {
  account: ServiceAccountDetail
  now: number
  listHref: string
  actions: ReactNode
}

/** Which account this is, whether it may act, and what one may do about it. */
export function AccountHeader({ account, now, listHref, actions }: AccountHeaderProps) {
  return (
    <header className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <BackLink href={listHref}>Service accounts</BackLink>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="flex min-w-0 max-w-2xl flex-col gap-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="min-w-0 font-semibold text-ink text-xl [overflow-wrap:anywhere]">
                {account.name}
              </h1>
              <span className="text-sm">
                <AccountState state={account.state} />
              </span>
            </div>
            <p className="whitespace-pre-line text-muted text-sm [overflow-wrap:anywhere]">
              {account.description || 'No description: say who owns it and where its secret lives.'}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        </div>
      </div>
      <StateNotice account={account} />
      <Facts account={account} now={now} />
    </header>
  )
}

function StateNotice({ account }: { account: ServiceAccountDetail }) {
  if (account.revokedAt !== null) {
    return (
      <Callout tone="danger" title="Revoked for ever">
        All of its tokens ended on <AbsoluteTime at={account.revokedAt} />. History and activity
        stay readable.
      </Callout>
    )
  }
  if (account.suspendedAt !== null) {
    return (
      <Callout tone="warning" title="Suspended">
        Every token is refused since <AbsoluteTime at={account.suspendedAt} />. Resume to let the
        same secrets in again.
      </Callout>
    )
  }
  return null
}

function Facts({ account, now }: { account: ServiceAccountDetail; now: number }) {
  return (
    <DescriptionList
      layout="columns"
      items={[
        { term: 'Grant', detail: grantWords(account.scopes) },
        { term: 'Active tokens', detail: String(account.activeTokens) },
        {
          term: 'Last used',
          detail:
            account.lastUsedAt === null ? (
              'Never'
            ) : (
              <RelativeTime at={account.lastUsedAt} now={now} />
            ),
        },
        {
          term: 'Created',
          detail: (
            <>
              <AbsoluteTime at={account.createdAt} dateOnly /> by {account.createdBy.label}
            </>
          ),
        },
        {
          term: 'Id',
          detail: (
            <span className="flex items-center gap-1">
              <code className="truncate text-xs">{account.id.slice(0, 13)}…</code>
              <CopyButton value={account.id} label="Copy id" className="-my-1" />
            </span>
          ),
        },
      ]}
    />
  )
}
