import Link from 'next/link'
import { StateBadge } from '@/components/tokens/state-badge'
import { tokenHref } from '@/components/tokens/token-href'
import type { useRevocation } from '@/components/tokens/use-revocation'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { IdentifiedToken } from '@/lib/leaks/identify'
import type { TokenSummary } from '@/lib/tokens/model'

export type FoundTokensProps = {
  tenant: string
  now: number
  found: readonly IdentifiedToken[]
  revocation: ReturnType<typeof useRevocation>
}

/** What was in the text, by its line; the text itself is gone. */
export function FoundTokens({ found, ...setting }: FoundTokensProps) {
  if (found.length === 0) {
    return (
      <Callout title="There is no token in this text">
        Tokens begin with <code>fx_pat_</code> or <code>fx_sat_</code>, older keys with{' '}
        <code>fx_live_</code> or <code>fxn_live_</code>.
      </Callout>
    )
  }
  return (
    <ul
      aria-label="Tokens in the text"
      className="divide-y divide-subtle rounded-lg border border-subtle text-sm"
    >
      {found.map(({ line, token, isDamaged }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the answer never changes
        <li key={place} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
          <span className="w-14 shrink-0 text-muted text-xs tabular-nums">Line {line}</span>
          {token ? (
            <KnownToken token={token} {...setting} />
          ) : (
            <span className="min-w-0 flex-1 basis-56 text-muted">
              <span className="text-ink">Not a token of this organization.</span>
              {isDamaged ? ' Its checksum is wrong: it was cut off or mistyped.' : null}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

type KnownTokenProps = Omit<FoundTokensProps, 'found'> & { token: TokenSummary }

function KnownToken({ token, tenant, now, revocation }: KnownTokenProps) {
  const ended = revocation.ended.has(token.id)
  const pending = revocation.pending.has(token.id)
  const lives = token.revokedAt === null || token.state === 'overlap'
  return (
    <>
      <span className="flex min-w-0 flex-1 basis-56 flex-col">
        <Link
          href={tokenHref(tenant, token)}
          className="w-fit max-w-full truncate rounded-xs font-medium text-ink underline-offset-4 hover:underline"
        >
          {token.name}
        </Link>
        <span className="text-muted text-xs">
          {ownerWords(token.owner)} ·{' '}
          <code>
            {token.displayPrefix}…{token.last4}
          </code>{' '}
          ·{' '}
          {token.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              last used <RelativeTime at={token.lastUsedAt} now={now} />
            </>
          )}
        </span>
      </span>
      {ended ? (
        <StatusDot tone="neutral">Revoked</StatusDot>
      ) : (
        <StateBadge
          state={token.state}
          reason={token.stateReason}
          expiresAt={token.effectiveExpiresAt}
          now={now}
        />
      )}
      {lives && !ended ? (
        <Button
          variant="danger-outline"
          loading={pending}
          aria-label={`Revoke ${token.name}`}
          onClick={() => void revocation.ask(token)}
        >
          Revoke…
        </Button>
      ) : null}
    </>
  )
}

function ownerWords({ type, label }: TokenSummary['owner']): string {
  if (type === 'integration') return 'MCP key of an integration'
  return type === 'service-account' ? `Service account ${label}` : label
}
