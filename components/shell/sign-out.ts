'use client'

import { notify } from '@/components/ui/notify'

/**
 * Ends the session on the server, then loads the sign-in page anew: nothing of the organization stays
 * in this tab's memory.
 */
export function leave(): Promise<void> {
  return leaveFor('/sign-in')
}

/** The same, to come back to this page by a new sign-in. */
export function leaveToReturn(): Promise<void> {
  const { pathname, search } = window.location
  return leaveFor(`/sign-in?returnTo=${encodeURIComponent(pathname + search)}`)
}

async function leaveFor(path: string): Promise<void> {
  try {
    const { signOut } = await import('next-auth/react')
    await signOut({ redirect: false })
  } catch {
    notify.error('You are still signed in', {
      description: 'The server could not be reached. Try again.',
    })
    return
  }
  window.location.assign(path)
}
