'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import { LiveIndicator } from '@/components/activity/live-indicator'
import { useLiveSignal } from '@/components/activity/use-live-signal'

/** Shows the page anew whenever something was counted; one reading at a time, and one more for what came meanwhile. */
export function LiveRefresh({ url }: { url: string }) {
  const router = useRouter()
  const [refreshing, startTransition] = useTransition()
  const missed = useRef(false)
  const opened = useRef(false)
  function refresh() {
    startTransition(() => router.refresh())
  }
  const status = useLiveSignal(url, () => {
    // The first signal is the stream's own opening: the page was read a moment before.
    if (!opened.current) opened.current = true
    else if (refreshing) missed.current = true
    else refresh()
  })
  useEffect(() => {
    if (refreshing || !missed.current) return
    missed.current = false
    startTransition(() => router.refresh())
  }, [refreshing, router])
  return <LiveIndicator status={status} />
}
