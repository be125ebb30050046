'use client'

import { revokeAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { RelativeTime } from '@/components/ui/relative-time'
import { type AccountDialogProps, tokensAreRefused } from './suspend-account-dialog'

/** The end of the account: says what dies and what stays, and wants the name typed. */
export function RevokeAccountDialog({ account, setting, ...dialog }: AccountDialogProps) {
  return (
    <ActDialog
      {...dialog}
      act={() => revokeAccount(setting.tenant, { serviceAccountId: account.id })}
      title={`Revoke ${account.name} for ever?`}
      description={
        <>
          <p>
            {tokensAreRefused(account.activeTokens)} from the next request on. This cannot be
            undone, and no new token can be created for this account.
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
      problemTitle="The account was not revoked"
    />
  )
}
