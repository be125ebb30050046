'use client'

import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './class-names'
import { useReturnFocus } from './use-return-focus'

export type CommandDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  placeholder?: string | undefined
  search?: string | undefined
  onSearchChange?: ((search: string) => void) | undefined
  /** `false` where the owner filters, for results that come from a server. */
  shouldFilter?: boolean | undefined
  children: ReactNode
  /** Key hints along the bottom edge. */
  footer?: ReactNode | undefined
}

/** The command menu's window: a text field over a list that arrow keys walk. */
export function CommandDialog({
  open,
  onOpenChange,
  label,
  placeholder = 'Type a command or search…',
  search,
  onSearchChange,
  shouldFilter = true,
  children,
  footer,
}: CommandDialogProps) {
  const { opener, onCloseAutoFocus } = useReturnFocus()
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        <RadixDialog.Content
          onCloseAutoFocus={onCloseAutoFocus}
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-40 mx-auto max-w-xl overflow-hidden rounded-xl border border-strong bg-raised text-ink shadow-dialog outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in"
        >
          {opener}
          <RadixDialog.Title className="sr-only">{label}</RadixDialog.Title>
          <Cmdk label={label} loop shouldFilter={shouldFilter} className="flex flex-col">
            <div className="flex items-center gap-2.5 border-subtle border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-faint" />
              <Cmdk.Input
                placeholder={placeholder}
                className="h-12 w-full min-w-0 bg-transparent text-base text-ink outline-none touch:text-lg"
                {...(search === undefined ? {} : { value: search })}
                {...(onSearchChange ? { onValueChange: onSearchChange } : {})}
              />
            </div>
            <Cmdk.List className="max-h-[min(24rem,55dvh)] scroll-py-1 overflow-y-auto overscroll-contain p-1">
              {children}
            </Cmdk.List>
            {footer ? (
              <div className="flex flex-wrap items-center gap-4 border-subtle border-t bg-inset px-4 py-2 text-muted text-xs">
                {footer}
              </div>
            ) : null}
          </Cmdk>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

export function CommandGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Cmdk.Group>
  )
}

export type CommandItemProps = {
  /** Unique; also what the search matches, with the keywords. */
  value: string
  onSelect: () => void
  children: ReactNode
  icon?: ReactNode | undefined
  keywords?: string[] | undefined
  /** A shortcut or a quiet fact at the end of the row. */
  trailing?: ReactNode | undefined
  disabled?: boolean | undefined
}

export function CommandItem({
  value,
  onSelect,
  children,
  icon,
  keywords,
  trailing,
  disabled = false,
}: CommandItemProps) {
  return (
    <Cmdk.Item
      value={value}
      onSelect={onSelect}
      disabled={disabled}
      {...(keywords ? { keywords } : {})}
      className={cn(
        'flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-lg px-3 text-sm touch:min-h-11',
        'data-[disabled=true]:opacity-50 data-[selected=true]:bg-pressed',
        '[&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted',
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {trailing ? <span className="ml-4 shrink-0 text-faint text-xs">{trailing}</span> : null}
    </Cmdk.Item>
  )
}

export function CommandEmpty({ children }: { children: ReactNode }) {
  return <Cmdk.Empty className="px-4 py-10 text-center text-muted text-sm">{children}</Cmdk.Empty>
}
