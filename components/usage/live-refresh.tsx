'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import { LiveIndicator } from '@/components/activity/live-indicator'
import { type LiveStream, useLiveSignal } from '@/components/activity/use-live-signal'

/** Shows the page anew whenever something was counted; one reading at a time, and one more for what came meanwhile. */
export function LiveRefresh(stream: LiveStream) {
  const router = useRouter()
  const [refreshing, startTransition] = useTransition()
  const missed = useRef(false)
  function refresh() {
    startTransition(() => router.refresh())
  }
  const status = useLiveSignal(stream, () => {
    if (refreshing) missed.current = true
    else refresh()
  })
  useEffect(() => {
    if (refreshing || !missed.current) return
    missed.current = false
    startTransition(() => router.refresh())
  }, [refreshing, router])
  return <LiveIndicator status={status} />
}
