'use client'

import { useState } from 'react'
import { useSharedSignal } from './use-shared-signal'

export type NotificationSignalProps = {
  tenant: string
  count: number
  onChange: () => void
}

/** Listens for new notices and tells screen readers how many there are; shows nothing. */
export function NotificationSignal({ tenant, count, onChange }: NotificationSignalProps) {
  useSharedSignal(`/${tenant}/notifications/stream`, onChange)
  const [before, setBefore] = useState(count)
  const [said, setSaid] = useState('')
  if (count !== before) {
    setBefore(count)
    // Fewer are the person's own doing.
    setSaid(
      count > before
        ? `You have ${count} unread ${count === 1 ? 'notification' : 'notifications'}.`
        : '',
    )
  }
  return <output className="sr-only">{said}</output>
}
