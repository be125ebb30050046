'use client'

import { useSearchParams } from 'next/navigation'
import { mint } from '@/app/[tenant]/settings/api-access/token-actions'
import { replaceSearchParams } from '@/components/settings/search-params'
import { CREATE_PARAMS, readTokenDraft } from './create-prefill'
import { CreateTokenSheet } from './create-token-sheet'
import type { TokenFormSetting } from './token-form-contract'

export type CreateTokenFormProps = { setting: TokenFormSetting; onMade: () => void }

/** The create sheet, filled in from the address; closing it takes all of that off the address. */
export function CreateTokenForm({ setting, onMade }: CreateTokenFormProps) {
  const params = useSearchParams()
  function close(made: boolean) {
    if (made) onMade()
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
