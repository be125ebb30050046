'use client'

import { suspendAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
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

export function SuspendAccountDialog({ account, setting, ...dialog }: AccountDialogProps) {
  return (
    <ActDialog
      {...dialog}
      act={() => suspendAccount(setting.tenant, { serviceAccountId: account.id })}
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
      problemTitle="The account was not suspended"
    />
  )
}

/** "Its 3 active tokens are refused"; also where there is none. */
export function tokensAreRefused(activeTokens: number): string {
  if (activeTokens === 0) return 'It has no active token now; any it gets is refused'
  return activeTokens === 1
    ? 'Its one active token is refused'
    : `Its ${tokenCount(activeTokens).replace(' ', ' active ')} are refused`
}
