'use client'

import { useSearchParams } from 'next/navigation'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { replaceSearchParams } from './search-params'
import type { TokenFormSetting } from './token-form-contract'
import { useRefreshWhenClosed } from './use-refresh-when-closed'

const CreateTokenForm = lazyOverlay(
  () => import('./create-token-form').then((module) => module.CreateTokenForm),
  { close: () => replaceSearchParams({ create: null }) },
)

/** Opens the create sheet while the address says `create=1`. */
export function CreateTokenHost({ setting }: { setting: TokenFormSetting }) {
  const open = useSearchParams().get('create') === '1'
  const refreshWhenClosed = useRefreshWhenClosed(open)
  return open ? <CreateTokenForm setting={setting} onMade={refreshWhenClosed} /> : null
}
