'use client'

import { useSearchParams } from 'next/navigation'
import { mint } from '@/app/[tenant]/settings/api-access/token-actions'
import { CREATE_PARAMS, readTokenDraft } from './create-prefill'
import { CreateTokenSheet } from './create-token-sheet'
import { replaceSearchParams } from './search-params'
import type { TokenFormSetting } from './token-form-contract'
import { useRefreshWhenClosed } from './use-refresh-when-closed'

/** Opens the create sheet while the address says `create=1`, filled in from the address. */
export function CreateTokenHost({ setting }: { setting: TokenFormSetting }) {
  const params = useSearchParams()
  const open = params.get('create') === '1'
  const refreshWhenClosed = useRefreshWhenClosed(open)
  if (!open) return null
  function close(made: boolean) {
    if (made) refreshWhenClosed()
    replaceSearchParams(Object.fromEntries(CREATE_PARAMS.map((name) => [name, null])))
  }
  return (
    <CreateTokenSheet
      setting={setting}
      initial={readTokenDraft(params, setting.policy, setting.ceiling)}
      mint={(input, idempotencyKey) => mint(setting.tenant, { ...input, idempotencyKey })}
      onClose={close}
    />
  )
}
