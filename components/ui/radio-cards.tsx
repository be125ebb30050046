'use client'

import { RadioGroup } from 'radix-ui'
import { type ReactNode, use } from 'react'
import { cn } from './class-names'
import { FieldContext } from './field-context'

export type RadioCardOption = {
  value: string
  title: ReactNode
  tagline?: ReactNode | undefined
  /** A short fact at the end of the title row, such as a count. */
  meta?: ReactNode | undefined
  disabled?: boolean | undefined
  /** Why it cannot be chosen; shown in place of the tagline. */
  disabledReason?: ReactNode | undefined
}

export type RadioCardsProps = {
  options: readonly RadioCardOption[]
  /** `null` leaves every card unselected. */
  value: string | null
  onValueChange: (value: string) => void
  /** Names the group where no Field around it does. */
  label?: string | undefined
  name?: string | undefined
  columns?: 1 | 2 | 3 | 4 | undefined
  disabled?: boolean | undefined
  className?: string | undefined
}

const columnClass = {
  1: 'grid-cols-1',
  2: 'grid-cols-1 sm:grid-cols-2',
  3: 'grid-cols-1 sm:grid-cols-3',
  4: 'grid-cols-1 sm:grid-cols-2 lg:grid-cols-4',
}

export function RadioCards({
  options,
  value,
  onValueChange,
  label,
  name,
  columns = 2,
  disabled = false,
  className,
}: RadioCardsProps) {
  const field = use(FieldContext)
  return (
    <RadioGroup.Root
      value={value ?? ''}
      onValueChange={onValueChange}
      disabled={disabled}
      className={cn('grid gap-2', columnClass[columns], className)}
      {...(name ? { name } : {})}
      {...(label ? { 'aria-label': label } : { 'aria-labelledby': field?.labelId })}
    >
      {options.map((option) => (
        <RadioCard key={option.value} option={option} />
      ))}
    </RadioGroup.Root>
  )
}

function RadioCard({ option }: { option: RadioCardOption }) {
  const detail = option.disabled ? (option.disabledReason ?? option.tagline) : option.tagline
  return (
    <RadioGroup.Item
      value={option.value}
      disabled={option.disabled ?? false}
      className={cn(
        'group flex min-h-11 items-start gap-2.5 rounded-lg border border-strong bg-surface p-3 text-left',
        'hover:not-disabled:bg-inset data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft',
        'data-[state=checked]:shadow-[inset_0_0_0_1px_var(--color-accent)]',
        'disabled:cursor-not-allowed disabled:bg-inset',
      )}
    >
      <span
        aria-hidden
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-control bg-surface group-disabled:opacity-50 group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent"
      >
        <RadioGroup.Indicator className="size-1.5 rounded-full bg-accent-contrast" />
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline justify-between gap-2">
          <span className="font-medium text-ink text-sm group-disabled:text-muted">
            {option.title}
          </span>
          {option.meta ? (
            <span className="shrink-0 text-muted text-xs tabular-nums">{option.meta}</span>
          ) : null}
        </span>
        {detail ? <span className="text-muted text-xs">{detail}</span> : null}
      </span>
    </RadioGroup.Item>
  )
}
