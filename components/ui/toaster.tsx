'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { whenIdle } from './when-idle'

// Without `ssr: false` nothing would stand between it and the page: React would show nothing new, not even
// what is typed, until the code is there.
const ToastList = dynamic(() => import('./toast-list').then((module) => module.ToastList), {
  ssr: false,
})

/**
 * Mounted once, in the root layout. The list comes after the page, yet before it is needed: screen
 * readers announce only what appears in a live region that was there already.
 */
export function Toaster() {
  const [ready, setReady] = useState(false)
  // The browser's rest is the external system.
  useEffect(() => whenIdle(() => setReady(true)), [])
  return ready ? <ToastList /> : null
}
