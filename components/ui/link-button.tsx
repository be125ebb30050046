import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyles } from './button-styles'
import { cn } from './class-names'

export type LinkButtonProps = ComponentProps<typeof Link> & {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
}

/** A link that looks like a button; usable in server components. */
export function LinkButton({ variant, size, className, ...props }: LinkButtonProps) {
  return <Link {...props} className={cn(buttonStyles({ variant, size }), className)} />
}
