'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { patch, rotate } from '@/app/[tenant]/settings/api-access/token-actions'
import { replaceSearchParams } from '@/components/settings/search-params'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { notify } from '@/components/ui/notify'
import type { Scope } from '@/lib/access/scopes'
import type { TokenDetail } from '@/lib/tokens/queries'

const PatchSheet = lazyOverlay(
  () => import('@/components/tokens/form/patch-sheet').then((module) => module.PatchSheet),
  {
    close: (props) => props.onClose(false),
  },
)
const RotateSheet = lazyOverlay(
  () => import('@/components/tokens/form/rotate-sheet').then((module) => module.RotateSheet),
  { close: (props) => props.onClose() },
)

export type TokenPageSheetsProps = {
  token: TokenDetail
  setting: TokenFormSetting
  /** What right-sizing would leave. */
  usedScopes: readonly Scope[]
}

/** `?rotate=1` and `?edit=1` open the sheets; `=used` starts them with the scopes in use. */
export function TokenPageSheets({ token, setting, usedScopes }: TokenPageSheetsProps) {
  const params = useSearchParams()
  const router = useRouter()
  const [replacedBy, setReplacedBy] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const rotating = params.get('rotate')
  const editing = params.get('edit')
  const refreshWhenClosed = useRefreshWhenClosed(editing !== null)
  const initialScopes = (asked: string) =>
    asked === 'used' && usedScopes.length > 0 ? usedScopes : undefined

  function closeRotation() {
    if (replacedBy === null) return replaceSearchParams({ rotate: null })
    // At once, not with the arrival of the next page: the sheet shows a secret.
    setLeaving(true)
    router.replace(`/${setting.tenant}/settings/api-access/tokens/${replacedBy}`)
  }
  function closeEdit(saved: boolean) {
    if (saved) {
      notify.success('Token changed')
      refreshWhenClosed()
    }
    replaceSearchParams({ edit: null })
  }

  // A refresh after the rotation says that the old token cannot be rotated: it must not take the secret away.
  if (rotating !== null && !leaving && (token.mayRotate || replacedBy !== null)) {
    return (
      <RotateSheet
        token={token}
        setting={setting}
        initialScopes={initialScopes(rotating)}
        rotate={(request, idempotencyKey) =>
          rotate(setting.tenant, { ...request, tokenId: token.id, idempotencyKey })
        }
        onRotated={(minted) => setReplacedBy(minted.summary.id)}
        onClose={closeRotation}
      />
    )
  }
  if (editing !== null && token.mayPatch) {
    return (
      <PatchSheet
        token={token}
        setting={setting}
        initialScopes={initialScopes(editing)}
        patch={(change) => patch(setting.tenant, { ...change, tokenId: token.id })}
        onClose={closeEdit}
      />
    )
  }
  return null
}
