import { ScopeDiff } from '@/components/settings/scope-diff'
import { sameScopes } from '@/components/tokens/form/scope-change'
import { Callout } from '@/components/ui/callout'
import type { Scope } from '@/lib/access/scopes'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { changedPowers, type TokenPowerChange } from './grant-effects'

export type GrantChangeProps = { account: ServiceAccountDetail; scopes: readonly Scope[] }

/** Before and after of the grant, and the tokens that can do other things because of it. */
export function GrantChange({ account, scopes }: GrantChangeProps) {
  if (sameScopes(account.scopes, scopes)) return null
  const changes = changedPowers(account.tokens, account.scopes, scopes)
  const losing = changes.filter((change) => change.loses.length > 0)
  return (
    <section
      aria-label="What changes"
      className="flex flex-col gap-4 rounded-lg border border-subtle p-4"
    >
      <h3 className="font-medium text-ink text-sm">What changes</h3>
      <ScopeDiff before={account.scopes} after={scopes} />
      {changes.length === 0 ? (
        <p className="text-muted text-sm">
          No token’s power changes: none of them was granted what you add or remove.
        </p>
      ) : (
        <div className="flex flex-col gap-2">
          {losing.length > 0 ? (
            <Callout tone="warning">
              {losing.length === 1 ? 'One token loses' : `${losing.length} tokens lose`} power at
              the next request.
            </Callout>
          ) : null}
          <ul className="divide-y divide-subtle rounded-lg border border-subtle">
            {changes.map((change) => (
              <ChangedToken key={change.token.id} change={change} />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function ChangedToken({ change }: { change: TokenPowerChange }) {
  const { token, gains, loses } = change
  return (
    <li className="flex flex-col gap-0.5 px-3 py-2 text-sm [overflow-wrap:anywhere]">
      <span>
        <span className="font-medium text-ink">{token.name}</span>{' '}
        <code className="text-faint text-xs">
          {token.displayPrefix}…{token.last4}
        </code>
      </span>
      {loses.length > 0 ? (
        <span className="text-danger-text text-xs">Loses {loses.join(', ')}</span>
      ) : null}
      {gains.length > 0 ? (
        <span className="text-success-text text-xs">Gains {gains.join(', ')}</span>
      ) : null}
    </li>
  )
}
