'use client'

import { useSearchParams } from 'next/navigation'
import { replaceSearchParams } from '@/components/settings/search-params'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { TokenFormSetting } from './token-form-contract'

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
