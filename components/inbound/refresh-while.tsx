'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 3000

/** Reads the page anew from time to time while something on it is about to change, and somebody looks. */
export function RefreshWhile({ waiting }: { waiting: boolean }) {
  const router = useRouter()

  // The clock is the external system.
  useEffect(() => {
    if (!waiting) return
    const clock = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, EVERY_MS)
    return () => clearInterval(clock)
  }, [waiting, router])

  return null
}
