'use client'

import { useState } from 'react'
import { useSharedSignal } from './use-shared-signal'

export type NotificationSignalProps = {
  tenant: string
  /** When the count was first read, by the server's clock; epoch ms. */
  since: number
  count: number
  onChange: () => void
}

/** Listens for new notices and tells screen readers how many there are; shows nothing. */
export function NotificationSignal({ tenant, since, count, onChange }: NotificationSignalProps) {
  // Kept: a page that is rendered anew must not open the stream anew.
  const [url] = useState(`/${tenant}/notifications/stream?since=${since}`)
  useSharedSignal(url, onChange)
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
