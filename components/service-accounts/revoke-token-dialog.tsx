'use client'

import { revoke } from '@/app/[tenant]/settings/api-access/token-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { RelativeTime } from '@/components/ui/relative-time'
import type { TokenSummary } from '@/lib/tokens/model'

export type RevokeTokenDialogProps = {
  /** The token in question; null = closed. */
  token: TokenSummary | null
  tenant: string
  now: number
  onClose: () => void
}

/** Ends one token of a service account; the others live on. */
export function RevokeTokenDialog({ token, tenant, now, onClose }: RevokeTokenDialogProps) {
  return (
    <ActDialog
      open={token !== null}
      onClose={onClose}
      act={() => revoke(tenant, { tokenId: token?.id ?? '' })}
      title={`Revoke ${token?.name ?? 'token'}?`}
      description={
        <p>
          Its secret is refused from the next request on; this cannot be undone. The account and its
          other tokens go on working.{' '}
          {token?.lastUsedAt ? (
            <>
              Last used <RelativeTime at={token.lastUsedAt} now={now} />
              {token.lastUsedIp ? ` from ${token.lastUsedIp}` : ''}.
            </>
          ) : (
            'It was never used.'
          )}
        </p>
      }
      confirmLabel="Revoke token"
      problemTitle="The token was not revoked"
    />
  )
}
