'use client'

import { Dialog as RadixDialog } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names'
import { OverlayClose } from './overlay-close'
import { dismissalHandlers, type OverlayDismissal } from './overlay-dismissal'
import { useReturnFocus } from './use-return-focus'

export const Sheet = RadixDialog.Root

const sizeClass = { md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' }

export type SheetContentProps = ComponentProps<typeof RadixDialog.Content> &
  OverlayDismissal & { size?: keyof typeof sizeClass | undefined }

/** A panel from the right; fills the screen below 640px. */
export function SheetContent({
  size = 'md',
  dismissible,
  onRequestClose,
  className,
  children,
  ...props
}: SheetContentProps) {
  const { opener, onCloseAutoFocus } = useReturnFocus()
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
      <RadixDialog.Content
        {...dismissalHandlers({ dismissible, onRequestClose })}
        onCloseAutoFocus={onCloseAutoFocus}
        {...props}
        className={cn(
          'fixed inset-y-0 right-0 z-40 flex w-full flex-col bg-surface text-ink shadow-dialog outline-none sm:border-subtle sm:border-l',
          'data-[state=closed]:animate-sheet-out data-[state=open]:animate-sheet-in',
          sizeClass[size],
          className,
        )}
      >
        {opener}
        {children}
        <OverlayClose dismissible={dismissible} onRequestClose={onRequestClose} />
      </RadixDialog.Content>
    </RadixDialog.Portal>
  )
}

export type SheetHeaderProps = {
  title: ReactNode
  description?: ReactNode | undefined
  /** Below the title: badges, tabs. */
  children?: ReactNode | undefined
}

export function SheetHeader({ title, description, children }: SheetHeaderProps) {
  return (
    <div className="flex shrink-0 flex-col gap-1 border-subtle border-b px-5 pt-4 pr-14 pb-4">
      <RadixDialog.Title className="break-words font-medium text-lg">{title}</RadixDialog.Title>
      {description ? (
        <RadixDialog.Description className="text-muted text-sm">
          {description}
        </RadixDialog.Description>
      ) : null}
      {children}
    </div>
  )
}

export function SheetBody({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      {...props}
      className={cn(
        'min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-5 text-sm',
        className,
      )}
    />
  )
}

export function SheetFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      {...props}
      data-sheet-footer=""
      className={cn(
        'flex shrink-0 flex-wrap items-center justify-end gap-2 border-subtle border-t bg-canvas px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]',
        className,
      )}
    />
  )
}
