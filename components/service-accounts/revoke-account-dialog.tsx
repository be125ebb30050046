'use client'

import { useState } from 'react'
import { revokeAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { RelativeTime } from '@/components/ui/relative-time'
import { type AccountDialogProps, tokensAreRefused } from './suspend-account-dialog'

/** The end of the account: says what dies and what stays, and wants the name typed. */
export function RevokeAccountDialog(props: AccountDialogProps) {
  const { account, setting, open, onClose, onDone } = props
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  async function revoke() {
    const answer = await attempt(() =>
      revokeAccount(setting.tenant, { serviceAccountId: account.id }),
    )
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) onDone()
    return answer.ok
  }
  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Revoke ${account.name} for ever?`}
      description={
        <>
          <p>
            {tokensAreRefused(account.activeTokens)} from the next request on. This cannot be
            undone, and no new token can be made for this account.
          </p>
          <p>
            {account.lastUsedAt === null ? (
              'None of its tokens was ever used.'
            ) : (
              <>
                It was last used <RelativeTime at={account.lastUsedAt} now={setting.now} />.
              </>
            )}{' '}
            History and activity are kept. To stop it for a while, suspend it instead.
          </p>
        </>
      }
      confirmLabel="Revoke service account"
      phrase={account.name}
      onConfirm={revoke}
    >
      <ProblemNotice problem={problem} title="The account was not revoked" />
    </AlertDialog>
  )
}
