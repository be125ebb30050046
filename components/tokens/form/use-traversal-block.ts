'use client'

import { useEffect } from 'react'

interface NavigateEventLike extends Event {
  navigationType: string
}

/**
 * Holds the browser's back and forward buttons while `active`, where the browser has the Navigation API:
 * one press must not take away a secret that nobody has stored.
 */
export function useTraversalBlock(active: boolean): void {
  // The browser's history is the external system.
  useEffect(() => {
    const navigation = (window as { navigation?: EventTarget }).navigation
    if (!active || !navigation) return
    function hold(event: Event) {
      const isTraversal = (event as NavigateEventLike).navigationType === 'traverse'
      if (isTraversal && event.cancelable) event.preventDefault()
    }
    navigation.addEventListener('navigate', hold)
    return () => navigation.removeEventListener('navigate', hold)
  }, [active])
}
