'use client'

import { RadioGroup } from 'radix-ui'
import { type ReactNode, use } from 'react'
import { cn } from './class-names'
import { FieldContext } from './field-context'

export type SegmentedControlProps<Value extends string> = {
  options: readonly { value: Value; label: ReactNode; disabled?: boolean | undefined }[]
  value: Value
  onValueChange: (value: Value) => void
  /** Names the group where no Field around it does. */
  label?: string | undefined
  className?: string | undefined
}

/** One of a few, all in sight. Where the choice has an address, use TabsNav instead. */
export function SegmentedControl<Value extends string>({
  options,
  value,
  onValueChange,
  label,
  className,
}: SegmentedControlProps<Value>) {
  const field = use(FieldContext)
  return (
    <RadioGroup.Root
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      orientation="horizontal"
      {...(label ? { 'aria-label': label } : { 'aria-labelledby': field?.labelId })}
      className={cn(
        'inline-flex w-fit max-w-full gap-0.5 overflow-x-auto rounded-md border border-subtle bg-inset p-0.5',
        className,
      )}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          className="inline-flex h-6.5 shrink-0 items-center gap-1.5 rounded-sm px-2.5 font-medium text-muted text-sm hover:not-disabled:text-ink disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:bg-surface data-[state=checked]:text-ink data-[state=checked]:shadow-control dark:data-[state=checked]:bg-neutral-soft touch:h-11 [&_svg]:size-4"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
