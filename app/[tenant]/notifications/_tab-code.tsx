'use client'

import dynamic from 'next/dynamic'

/** What each tab shows, in a file of its own for the browser: one tab does not load another's code. */

export const Inbox = dynamic(() =>
  import('@/components/notifications/inbox').then((module) => module.Inbox),
)

export const DeliveryLog = dynamic(() =>
  import('@/components/notifications/delivery-log').then((module) => module.DeliveryLog),
)
