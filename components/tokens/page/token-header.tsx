'use client'

import { Ban, Pencil, RotateCw } from 'lucide-react'
import { replaceSearchParams } from '@/components/settings/search-params'
import { StateBadge } from '@/components/tokens/state-badge'
import { isEnded } from '@/components/tokens/state-words'
import { useRevocation } from '@/components/tokens/use-revocation'
import { BackLink } from '@/components/ui/back-link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { TokenDetail } from '@/lib/tokens/queries'

const RevokeDialog = lazyOverlay(
  () => import('@/components/tokens/revoke-dialog').then((module) => module.RevokeDialog),
  { opens: (props) => props.token !== null, close: (props) => props.onClose() },
)

export type TokenHeaderProps = { token: TokenDetail; tenant: string; now: number }

/** Name, state and the three acts; an act that is not possible says why. */
export function TokenHeader({ token, tenant, now }: TokenHeaderProps) {
  const revocation = useRevocation(tenant)
  const busy = revocation.pending.has(token.id)
  const serviceAccount = token.owner.type === 'service-account'
  const back = `/${tenant}/settings/api-access${serviceAccount ? `/service-accounts/${token.owner.id}` : ''}`
  const why = whyNot(token)
  return (
    <header className="flex flex-col gap-3">
      <BackLink href={back}>{serviceAccount ? token.owner.label : 'API Access'}</BackLink>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 flex-col gap-1.5">
          <h1 className="font-semibold text-ink text-xl [overflow-wrap:anywhere]">{token.name}</h1>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <StateBadge
              state={token.state}
              reason={token.stateReason}
              expiresAt={token.effectiveExpiresAt}
              now={now}
            />
            <code className="text-muted text-xs">
              {token.displayPrefix}…{token.last4}
            </code>
            {token.format === 'LEGACY' ? <Badge tone="warning">Legacy key</Badge> : null}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            disabled={!token.mayPatch || busy}
            onClick={() => replaceSearchParams({ edit: '1' })}
            {...preloadOnIntent(() => import('@/components/tokens/form/patch-sheet'))}
          >
            <Pencil aria-hidden />
            Edit
          </Button>
          <Button
            disabled={!token.mayRotate || busy}
            onClick={() => replaceSearchParams({ rotate: '1' })}
            {...preloadOnIntent(() => import('@/components/tokens/form/rotate-sheet'))}
          >
            <RotateCw aria-hidden />
            Rotate
          </Button>
          <Button
            variant="danger-outline"
            disabled={!token.mayRevoke || isEnded(token.state)}
            loading={busy}
            onClick={() => revocation.ask(token)}
          >
            <Ban aria-hidden />
            Revoke
          </Button>
        </div>
      </div>
      {why ? <p className="text-muted text-sm">{why}</p> : null}
      <RevokeDialog
        token={revocation.asked}
        usage={revocation.usage}
        now={now}
        onClose={revocation.close}
        onConfirm={revocation.confirm}
      />
    </header>
  )
}

function whyNot(token: TokenDetail): string | null {
  if (token.state !== 'active' && token.state !== 'expiring') return token.stateReason
  if (token.mayRotate) return null
  return token.mayRevoke
    ? `Only its owner, ${token.owner.label}, may rotate or edit it. You may revoke it.`
    : 'Your role may look at this token, not change it.'
}
