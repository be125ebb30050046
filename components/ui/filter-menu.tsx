'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as RadixMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './class-names'
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from './dropdown-menu'
import { menuItemStyles, menuSeparatorStyles } from './menu-styles'
import type { MultiSelectFilterProps } from './multi-select-filter'

export type FilterMenuProps = Pick<
  MultiSelectFilterProps,
  'options' | 'value' | 'onValueChange'
> & { trigger: ReactElement }

/** Checkboxes that stay open while choosing. Mounts open. */
export function FilterMenu({ trigger, options, value, onValueChange }: FilterMenuProps) {
  function toggle(option: string) {
    onValueChange(
      value.includes(option) ? value.filter((other) => other !== option) : [...value, option],
    )
  }
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
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
