'use client'

import { Switch as RadixSwitch } from 'radix-ui'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './class-names'
import { FieldContext, useFieldControl } from './field-context'

export type SwitchProps = ComponentProps<typeof RadixSwitch.Root>

export function Switch({ className, ...props }: SwitchProps) {
  const wiring = useFieldControl(props)
  return (
    <RadixSwitch.Root
      {...props}
      {...wiring}
      className={cn(
        'touch-target inline-flex h-5 w-8.5 shrink-0 items-center rounded-full border border-control bg-inset px-0.5',
        'before:absolute before:-inset-1 touch:h-6 touch:w-10.5',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        'disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
    >
      <RadixSwitch.Thumb className="size-3.5 rounded-full bg-neutral transition-transform duration-140 data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-accent-contrast touch:size-4.5 touch:data-[state=checked]:translate-x-4.5" />
    </RadixSwitch.Root>
  )
}

export type SwitchFieldProps = SwitchProps & {
  label: ReactNode
  description?: ReactNode | undefined
}

/** A settings row: text on the left, the switch on the right. */
export function SwitchField({ label, description, className, ...props }: SwitchFieldProps) {
  const generatedId = useId()
  const id = props.id ?? generatedId
  const descriptionId = `${id}-description`
  return (
    <div className={cn('flex items-start justify-between gap-6', className)}>
      <div className="flex min-w-0 flex-col gap-0.5">
        <label htmlFor={id} className="font-medium text-ink text-sm">
          {label}
        </label>
        {description ? (
          <p id={descriptionId} className="text-muted text-sm">
            {description}
          </p>
        ) : null}
      </div>
      {/* Its own label names it, also inside a Field. */}
      <FieldContext value={null}>
        <Switch {...props} id={id} aria-describedby={description ? descriptionId : undefined} />
      </FieldContext>
    </div>
  )
}
