'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False in the server's page and until React has taken it over, then true. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
