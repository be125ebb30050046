'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { AlertDialog } from '@/components/ui/alert-dialog'

export type UnsavedGuard = {
  /** Render it once, anywhere in the form's component. */
  dialog: ReactNode
  /** Runs the act at once when clean; when dirty, only after "Discard changes". */
  ask: (leave: () => void) => void
}

/**
 * While `dirty`, asks before a link of this page, a reload or closing the tab would lose the form.
 * Give `ask` to an overlay's onRequestClose and to its Cancel button as well.
 */
export function useUnsavedGuard(dirty: boolean): UnsavedGuard {
  const router = useRouter()
  const [leave, setLeave] = useState<(() => void) | null>(null)

  // The browser's own navigation is the external system, in both ways out of the page.
  useEffect(() => {
    if (!dirty) return
    function warnOnUnload(event: BeforeUnloadEvent) {
      event.preventDefault()
    }
    function holdLink(event: MouseEvent) {
      const url = inAppDestination(event)
      if (!url) return
      event.preventDefault()
      event.stopPropagation()
      setLeave(() => () => router.push(url))
    }
    window.addEventListener('beforeunload', warnOnUnload)
    // Capturing, so it comes before the router's own link handler.
    document.addEventListener('click', holdLink, true)
    return () => {
      window.removeEventListener('beforeunload', warnOnUnload)
      document.removeEventListener('click', holdLink, true)
    }
  }, [dirty, router])

  return {
    ask: (act) => (dirty ? setLeave(() => act) : act()),
    dialog: (
      <AlertDialog
        open={leave !== null}
        onOpenChange={(open) => !open && setLeave(null)}
        title="Discard unsaved changes?"
        description="What you changed here has not been saved."
        cancelLabel="Keep editing"
        confirmLabel="Discard changes"
        onConfirm={() => leave?.()}
      />
    ),
  }
}

/** The address a plain click leads to inside this app; null where the click leaves the form in place. */
function inAppDestination(event: MouseEvent): string | null {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  if (event.button !== 0 || modified || !(event.target instanceof Element)) return null
  const link = event.target.closest('a')
  if (!link || link.target === '_blank' || link.hasAttribute('download')) return null
  const url = new URL(link.href, location.href)
  const samePage = url.pathname === location.pathname && url.search === location.search
  if (url.origin !== location.origin || samePage) return null
  return url.pathname + url.search + url.hash
}
