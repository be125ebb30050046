import type { ComponentProps } from 'react'
import { cn } from './class-names'

export type LabelProps = ComponentProps<'label'> & { optional?: boolean | undefined }

export function Label({ optional = false, className, children, ...props }: LabelProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: callers pass htmlFor.
    <label {...props} className={cn('font-medium text-ink text-sm', className)}>
      {children}
      {optional ? <span className="ml-1 font-normal text-faint">(optional)</span> : null}
    </label>
  )
}
