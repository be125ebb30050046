'use client'

import type { ComponentProps, MouseEvent } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyles } from './button-styles'
import { cn } from './class-names'
import { Spinner } from './spinner'

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  /** Shows a spinner over the label, keeps the width, ignores clicks and keeps the focus. */
  loading?: boolean | undefined
}

export function Button({
  variant,
  size,
  loading = false,
  className,
  children,
  onClick,
  type = 'button',
  ...props
}: ButtonProps) {
  // aria-disabled instead of disabled: a disabled button would drop the keyboard focus.
  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (loading) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...props}
      type={type}
      className={cn(buttonStyles({ variant, size }), className)}
      onClick={handleClick}
      aria-busy={loading || undefined}
      aria-disabled={loading || props['aria-disabled']}
    >
      {loading ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  )
}
