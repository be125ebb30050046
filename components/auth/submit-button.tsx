'use client'

import { Button, type ButtonProps } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/use-hydrated'

/**
 * Submits a form that holds a password. Off until React handles the form: the browser would send it on
 * its own, and reload the page with everything typed gone.
 */
export function SubmitButton(props: Omit<ButtonProps, 'type' | 'variant' | 'disabled'>) {
  const hydrated = useHydrated()
  return (
    <Button
      {...props}
      type="submit"
      variant="primary"
      disabled={!hydrated}
      // It looks the same all along: the wait is too short to be read as a state.
      className={hydrated ? undefined : 'disabled:opacity-100'}
    />
  )
}
