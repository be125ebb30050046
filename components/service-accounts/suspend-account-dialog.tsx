'use client'

import { useState } from 'react'
import { suspendAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { AlertDialog } from '@/components/ui/alert-dialog'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { tokenCount } from './account-words'

export type AccountDialogProps = {
  account: ServiceAccountDetail
  setting: TokenFormSetting
  open: boolean
  onClose: () => void
  /** The account has changed. */
  onDone: () => void
}

export function SuspendAccountDialog(props: AccountDialogProps) {
  const { account, setting, open, onClose, onDone } = props
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  async function suspend() {
    const answer = await attempt(() =>
      suspendAccount(setting.tenant, { serviceAccountId: account.id }),
    )
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) onDone()
    return answer.ok
  }
  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Suspend ${account.name}?`}
      description={
        <>
          <p>
            {tokensAreRefused(account.activeTokens)} from the next request on, until someone resumes
            the account.
          </p>
          <p>Nothing is lost: the same secrets work again after resuming.</p>
        </>
      }
      confirmLabel="Suspend service account"
      tone="primary"
      onConfirm={suspend}
    >
      <ProblemNotice problem={problem} title="The account was not suspended" />
    </AlertDialog>
  )
}

/** "Its 3 active tokens are refused"; also where there is none. */
export function tokensAreRefused(activeTokens: number): string {
  if (activeTokens === 0) return 'It has no active token now; any it gets is refused'
  return activeTokens === 1
    ? 'Its one active token is refused'
    : `Its ${tokenCount(activeTokens).replace(' ', ' active ')} are refused`
}
