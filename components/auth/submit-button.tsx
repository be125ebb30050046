'use client'

import { Button, type ButtonProps } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/use-hydrated'

export type SubmitButtonProps = Omit<ButtonProps, 'type' | 'variant' | 'disabled'> & {
  /** The browser can send the form on its own, because it has a server action. */
  withoutScripts?: boolean | undefined
}

/**
 * Submits a form that holds a password. Off until React handles a form that has no server action: the
 * browser would send it to this page, and reload it with everything typed gone.
 */
export function SubmitButton({ withoutScripts = false, ...props }: SubmitButtonProps) {
  const hydrated = useHydrated()
  const ready = withoutScripts || hydrated
  return (
    <Button
      {...props}
      type="submit"
      variant="primary"
      disabled={!ready}
      // It looks the same all along: the wait is too short to be read as a state.
      className={ready ? undefined : 'disabled:opacity-100'}
    />
  )
}
