'use client'

import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu as RadixMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './class-names'
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from './dropdown-menu'
import { menuItemStyles, menuSeparatorStyles } from './menu-styles'

export type MultiSelectFilterProps = {
  /** The column it filters: "Status". */
  label: string
  options: readonly { value: string; label: ReactNode; count?: number | undefined }[]
  value: readonly string[]
  onValueChange: (value: string[]) => void
  className?: string | undefined
}

/** A table filter: a menu of checkboxes that stays open while choosing. */
export function MultiSelectFilter({
  label,
  options,
  value,
  onValueChange,
  className,
}: MultiSelectFilterProps) {
  function toggle(option: string) {
    onValueChange(
      value.includes(option) ? value.filter((other) => other !== option) : [...value, option],
    )
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button className={cn('gap-1.5', value.length === 0 && 'text-muted', className)}>
          {label}
          {value.length > 0 ? (
            <span className="grid h-4 min-w-4 place-items-center rounded-sm bg-accent-soft px-1 text-accent-text text-xs tabular-nums">
              {value.length}
              <span className="sr-only"> selected</span>
            </span>
          ) : null}
          <ChevronDown aria-hidden className="-mr-1 text-faint" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="min-w-48">
        {options.map((option) => (
          <FilterItem
            key={option.value}
            checked={value.includes(option.value)}
            onToggle={() => toggle(option.value)}
            count={option.count}
          >
            {option.label}
          </FilterItem>
        ))}
        {value.length > 0 ? (
          <>
            <RadixMenu.Separator className={menuSeparatorStyles} />
            <RadixMenu.Item
              className={cn(menuItemStyles, 'justify-center text-muted')}
              onSelect={() => onValueChange([])}
            >
              Clear filter
            </RadixMenu.Item>
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

type FilterItemProps = {
  checked: boolean
  onToggle: () => void
  count: number | undefined
  children: ReactNode
}

function FilterItem({ checked, onToggle, count, children }: FilterItemProps) {
  return (
    <RadixMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onToggle}
      onSelect={(event) => event.preventDefault()}
      className={menuItemStyles}
    >
      <span
        aria-hidden
        className={cn(
          'grid size-4 shrink-0 place-items-center rounded-sm border',
          checked ? 'border-accent bg-accent text-accent-contrast' : 'border-control bg-surface',
        )}
      >
        {checked ? <Check strokeWidth={3} className="size-3" /> : null}
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {count === undefined ? null : (
        <span className="text-faint text-xs tabular-nums">{count}</span>
      )}
    </RadixMenu.CheckboxItem>
  )
}
