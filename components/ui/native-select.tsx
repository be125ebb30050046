'use client'

import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { controlStyles } from './control-styles'
import { useFieldControl } from './field-context'

/** The browser's own select, for long lists and for forms that post without JavaScript. */
export function NativeSelect({ className, children, ...props }: ComponentProps<'select'>) {
  const wiring = useFieldControl(props)
  return (
    <span className={cn('relative block w-full min-w-0', className)}>
      <select
        {...props}
        {...wiring}
        className={cn(controlStyles, 'appearance-none truncate pr-8 dark:bg-raised touch:pr-9')}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-faint"
      />
    </span>
  )
}
