'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as RadixSelect } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './class-names'
import { controlStyles } from './control-styles'
import { useFieldControl } from './field-context'
import { menuItemStyles, menuLabelStyles, menuPanelStyles } from './menu-styles'

export type SelectOption = {
  /** Never empty: Radix keeps the empty string for "nothing chosen". */
  value: string
  label: string
  description?: ReactNode | undefined
  disabled?: boolean | undefined
}

export type SelectGroup = { heading: string; options: readonly SelectOption[] }

export type SelectProps = {
  options: readonly SelectOption[] | readonly SelectGroup[]
  value?: string | undefined
  defaultValue?: string | undefined
  onValueChange?: ((value: string) => void) | undefined
  placeholder?: string | undefined
  /** Names the control where no Field around it does. */
  label?: string | undefined
  name?: string | undefined
  id?: string | undefined
  disabled?: boolean | undefined
  size?: 'sm' | 'md' | undefined
  className?: string | undefined
}

export function Select({
  options,
  value,
  defaultValue,
  onValueChange,
  placeholder = 'Select…',
  label,
  name,
  id,
  disabled = false,
  size = 'md',
  className,
}: SelectProps) {
  const wiring = useFieldControl({ id })
  return (
    <RadixSelect.Root
      disabled={disabled}
      {...(value === undefined ? {} : { value })}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      {...(onValueChange ? { onValueChange } : {})}
      {...(name ? { name } : {})}
    >
      <RadixSelect.Trigger
        {...wiring}
        aria-label={label}
        className={cn(
          controlStyles,
          'inline-flex items-center justify-between gap-2 text-left hover:not-disabled:bg-inset data-[placeholder]:text-faint dark:bg-raised',
          size === 'sm' && 'h-7 border-strong px-2 touch:h-9',
          className,
        )}
      >
        <span className="min-w-0 truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <RadixSelect.Icon asChild>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </RadixSelect.Icon>
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            menuPanelStyles,
            'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96 origin-(--radix-select-content-transform-origin)',
          )}
        >
          <RadixSelect.Viewport>
            {options.map((entry) =>
              'options' in entry ? (
                <RadixSelect.Group key={entry.heading}>
                  <RadixSelect.Label className={menuLabelStyles}>{entry.heading}</RadixSelect.Label>
                  {entry.options.map((option) => (
                    <SelectItem key={option.value} option={option} />
                  ))}
                </RadixSelect.Group>
              ) : (
                <SelectItem key={entry.value} option={entry} />
              ),
            )}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  )
}

function SelectItem({ option }: { option: SelectOption }) {
  return (
    <RadixSelect.Item
      value={option.value}
      disabled={option.disabled ?? false}
      className={cn(menuItemStyles, 'pr-8')}
    >
      <span className="flex min-w-0 flex-col">
        <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
        {option.description ? (
          <span className="text-muted text-xs">{option.description}</span>
        ) : null}
      </span>
      <RadixSelect.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="text-accent-text" />
      </RadixSelect.ItemIndicator>
    </RadixSelect.Item>
  )
}
