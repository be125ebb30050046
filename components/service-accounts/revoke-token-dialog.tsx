'use client'

import { useState } from 'react'
import { revoke } from '@/app/[tenant]/settings/api-access/token-actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
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
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  async function revokeNow() {
    if (!token) return
    const answer = await attempt(() => revoke(tenant, { tokenId: token.id }))
    setProblem(answer.ok ? null : answer.problem)
    return answer.ok
  }
  return (
    <AlertDialog
      open={token !== null}
      onOpenChange={(open) => !open && onClose()}
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
      onConfirm={revokeNow}
    >
      <ProblemNotice problem={problem} title="The token was not revoked" />
    </AlertDialog>
  )
}
