'use client'

import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { controlStyles } from './control-styles'
import { useFieldControl } from './field-context'

export type TextareaProps = ComponentProps<'textarea'> & { mono?: boolean | undefined }

export function Textarea({ mono = false, rows = 3, className, ...props }: TextareaProps) {
  const wiring = useFieldControl(props)
  return (
    <textarea
      {...props}
      {...wiring}
      rows={rows}
      className={cn(
        controlStyles,
        'field-sizing-content h-auto max-h-80 min-h-16 resize-y py-1.5 touch:h-auto touch:py-2.5',
        mono && 'font-mono',
        className,
      )}
    />
  )
}
