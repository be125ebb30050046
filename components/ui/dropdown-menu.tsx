'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu as RadixMenu } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names'
import {
  menuItemStyles,
  menuLabelStyles,
  menuPanelStyles,
  menuSeparatorStyles,
} from './menu-styles'
import { leaveMenu } from './use-return-focus'

export const DropdownMenu = RadixMenu.Root
export const DropdownMenuTrigger = RadixMenu.Trigger
export const DropdownMenuRadioGroup = RadixMenu.RadioGroup

export function DropdownMenuContent({
  align = 'end',
  sideOffset = 4,
  className,
  ...props
}: ComponentProps<typeof RadixMenu.Content>) {
  return (
    <RadixMenu.Portal>
      <RadixMenu.Content
        {...props}
        ref={leaveMenu}
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          menuPanelStyles,
          'max-h-(--radix-dropdown-menu-content-available-height) max-w-80 origin-(--radix-dropdown-menu-content-transform-origin)',
          className,
        )}
      />
    </RadixMenu.Portal>
  )
}

export type DropdownMenuItemProps = Omit<ComponentProps<typeof RadixMenu.Item>, 'asChild'> & {
  icon?: ReactNode | undefined
  shortcut?: ReactNode | undefined
  tone?: 'default' | 'danger' | undefined
  /** Makes the row a real link. */
  href?: string | undefined
}

export function DropdownMenuItem({
  icon,
  shortcut,
  tone = 'default',
  href,
  className,
  children,
  ...props
}: DropdownMenuItemProps) {
  const classes = cn(
    menuItemStyles,
    tone === 'danger' ? 'text-danger-text data-[highlighted]:bg-danger-soft' : '[&>svg]:text-muted',
    className,
  )
  const content = (
    <>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut ? <span className="ml-4 shrink-0">{shortcut}</span> : null}
    </>
  )
  if (href !== undefined) {
    return (
      <RadixMenu.Item {...props} asChild className={classes}>
        <Link href={href}>{content}</Link>
      </RadixMenu.Item>
    )
  }
  return (
    <RadixMenu.Item {...props} className={classes}>
      {content}
    </RadixMenu.Item>
  )
}

export function DropdownMenuCheckboxItem({
  className,
  children,
  ...props
}: ComponentProps<typeof RadixMenu.CheckboxItem>) {
  return (
    <RadixMenu.CheckboxItem {...props} className={cn(menuItemStyles, 'pl-8', className)}>
      <RadixMenu.ItemIndicator className="absolute left-2">
        <Check aria-hidden className="text-accent-text" />
      </RadixMenu.ItemIndicator>
      {children}
    </RadixMenu.CheckboxItem>
  )
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof RadixMenu.RadioItem>) {
  return (
    <RadixMenu.RadioItem {...props} className={cn(menuItemStyles, 'pr-8', className)}>
      {children}
      <RadixMenu.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="text-accent-text" />
      </RadixMenu.ItemIndicator>
    </RadixMenu.RadioItem>
  )
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof RadixMenu.Label>) {
  return <RadixMenu.Label {...props} className={cn(menuLabelStyles, className)} />
}

export function DropdownMenuSeparator({
  className,
  ...props
}: ComponentProps<typeof RadixMenu.Separator>) {
  return <RadixMenu.Separator {...props} className={cn(menuSeparatorStyles, className)} />
}
