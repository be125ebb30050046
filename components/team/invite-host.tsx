'use client'

import { useSearchParams } from 'next/navigation'
import { replaceSearchParams } from '@/components/settings/search-params'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { InviteSheetProps } from './invite-sheet'

const InviteSheet = lazyOverlay(
  () => import('./invite-sheet').then((module) => module.InviteSheet),
  { close: (props) => props.onClose() },
)

export const preloadInviteSheet = InviteSheet.preload
export const openInviteSheet = () => replaceSearchParams({ invite: '1' })
const close = () => replaceSearchParams({ invite: null })

/** The sheet, open while the address says so. By itself: whatever reads the address renders at each change of it. */
export function InviteHost({ onSent, ...props }: Omit<InviteSheetProps, 'onClose'>) {
  const inviting = useSearchParams().get('invite') === '1'
  const refreshWhenClosed = useRefreshWhenClosed(inviting)
  if (!inviting) return null
  return (
    <InviteSheet
      {...props}
      onSent={(sent) => {
        onSent(sent)
        refreshWhenClosed()
      }}
      onClose={close}
    />
  )
}
