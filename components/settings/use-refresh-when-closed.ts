'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'

/**
 * Asks the server for the page again, once the sheet is closed. Not together with closing: React would
 * hold the close back until the answer has come, and with it a secret on the screen.
 * @returns call it when what the page shows has become old
 */
export function useRefreshWhenClosed(open: boolean): () => void {
  const router = useRouter()
  const due = useRef(false)
  // The server's answer is the external system.
  useEffect(() => {
    if (open || !due.current) return
    due.current = false
    router.refresh()
  }, [open, router])
  return () => {
    due.current = true
  }
}
