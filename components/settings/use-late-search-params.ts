'use client'

import { useEffect, useState } from 'react'
import { replaceSearchParams } from './search-params'

const DELAY_MS = 250

/**
 * For what follows each keystroke into the address: writing waits for a pause in typing, because it has the
 * router look through the page.
 * @returns the same object always
 */
export function useLateSearchParams() {
  const [late] = useState(lateSearchParams)
  // Leaving the page must not write into the next page's address.
  useEffect(() => late.forget, [late])
  return late
}

function lateSearchParams() {
  let timer: ReturnType<typeof setTimeout> | undefined
  function forget() {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    write(changes: Parameters<typeof replaceSearchParams>[0]) {
      forget()
      timer = setTimeout(() => {
        timer = undefined
        replaceSearchParams(changes)
      }, DELAY_MS)
    },
    /** What was written last is not in the address yet. */
    isWaiting: () => timer !== undefined,
    forget,
  }
}
