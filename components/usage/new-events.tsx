'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState, useTransition } from 'react'
import { LiveIndicator } from '@/components/activity/live-indicator'
import { useLiveSignal } from '@/components/activity/use-live-signal'
import { Button } from '@/components/ui/button'

/** Says that there are newer events. The list itself stays as it is until asked: somebody may be reading it. */
export function NewEvents({ url }: { url: string }) {
  const router = useRouter()
  const [waiting, setWaiting] = useState(false)
  const [refreshing, startTransition] = useTransition()
  const opened = useRef(false)
  const status = useLiveSignal(url, () => {
    // The first signal is the stream's own opening: the page was read a moment before.
    if (opened.current) setWaiting(true)
    opened.current = true
  })
  function show() {
    startTransition(() => {
      setWaiting(false)
      router.refresh()
    })
  }
  return (
    <span className="flex items-center gap-3">
      {waiting ? (
        <Button size="sm" onClick={show} loading={refreshing}>
          Show newer events
        </Button>
      ) : null}
      <LiveIndicator status={status} />
    </span>
  )
}
