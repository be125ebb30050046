'use client'

import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import type { TokenFormSetting } from './token-form-contract'
import { useRefreshWhenClosed } from './use-refresh-when-closed'

const CreateTokenForm = dynamic(() =>
  import('./create-token-form').then((module) => module.CreateTokenForm),
)

/** Opens the create sheet while the address says `create=1`. */
export function CreateTokenHost({ setting }: { setting: TokenFormSetting }) {
  const open = useSearchParams().get('create') === '1'
  const refreshWhenClosed = useRefreshWhenClosed(open)
  return open ? <CreateTokenForm setting={setting} onMade={refreshWhenClosed} /> : null
}
