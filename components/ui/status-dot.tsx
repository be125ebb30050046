import type { ReactNode } from 'react'
import type { Tone } from './badge'
import { cn } from './class-names'

const dotClass: Record<Tone, string> = {
  neutral: 'bg-transparent shadow-[inset_0_0_0_1.5px_var(--color-neutral)]',
  accent: 'bg-accent',
  danger: 'bg-danger',
  warning: 'bg-warning',
  success: 'bg-success',
  info: 'bg-info',
}

export type StatusDotProps = {
  tone: Tone
  /** The word; a dot never stands alone. */
  children: ReactNode
  className?: string | undefined
}

export function StatusDot({ tone, children, className }: StatusDotProps) {
  return (
    <span className={cn('inline-flex items-center gap-2 whitespace-nowrap', className)}>
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', dotClass[tone])} />
      {children}
    </span>
  )
}
