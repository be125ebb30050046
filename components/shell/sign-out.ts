'use client'

import { notify } from '@/components/ui/notify'

/**
 * Ends the session on the server, then loads the sign-in page anew: nothing of the organization stays
 * in this tab's memory.
 */
export async function leave(): Promise<void> {
  try {
    const { signOut } = await import('next-auth/react')
    await signOut({ redirect: false })
  } catch {
    notify.error('You are still signed in', {
      description: 'The server could not be reached. Try again.',
    })
    return
  }
  window.location.assign('/sign-in')
}
