'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { LiveIndicator } from '@/components/activity/live-indicator'
import { type LiveStream, useLiveSignal } from '@/components/activity/use-live-signal'
import { Button } from '@/components/ui/button'

/** Says that there are newer events. The list itself stays as it is until asked: somebody may be reading it. */
export function NewEvents(stream: LiveStream) {
  const router = useRouter()
  const [waiting, setWaiting] = useState(false)
  const [refreshing, startTransition] = useTransition()
  const status = useLiveSignal(stream, () => setWaiting(true))
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
