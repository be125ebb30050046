'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as RadixCheckbox } from 'radix-ui'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './class-names'
import { FieldContext, useFieldControl } from './field-context'

/** `checked` may be `'indeterminate'`: some, but not all, of what it stands for. */
export type CheckboxProps = ComponentProps<typeof RadixCheckbox.Root>

export function Checkbox({ className, ...props }: CheckboxProps) {
  const wiring = useFieldControl(props)
  return (
    <RadixCheckbox.Root
      {...props}
      {...wiring}
      className={cn(
        'group touch-target inline-grid size-4 shrink-0 place-items-center rounded-sm border border-control bg-surface text-accent-contrast',
        'before:absolute before:-inset-1 touch:size-5',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        'aria-invalid:border-danger disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
    >
      <RadixCheckbox.Indicator>
        <Check
          aria-hidden
          strokeWidth={3}
          className="size-3 group-data-[state=indeterminate]:hidden touch:size-3.5"
        />
        <Minus
          aria-hidden
          strokeWidth={3}
          className="size-3 group-data-[state=checked]:hidden touch:size-3.5"
        />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  )
}

export type CheckboxFieldProps = CheckboxProps & {
  label: ReactNode
  description?: ReactNode | undefined
}

/** A checkbox with its own label; the whole text is clickable. */
export function CheckboxField({ label, description, className, ...props }: CheckboxFieldProps) {
  const generatedId = useId()
  const id = props.id ?? generatedId
  const descriptionId = `${id}-description`
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      {/* Its own label names it, also inside a Field. */}
      <FieldContext value={null}>
        <Checkbox
          {...props}
          id={id}
          className="mt-0.5"
          aria-describedby={description ? descriptionId : undefined}
        />
      </FieldContext>
      <div className="flex min-w-0 flex-col gap-0.5">
        <label htmlFor={id} className="text-ink text-sm">
          {label}
        </label>
        {description ? (
          <p id={descriptionId} className="text-muted text-xs">
            {description}
          </p>
        ) : null}
      </div>
    </div>
  )
}
