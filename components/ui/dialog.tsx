'use client'

import { Dialog as RadixDialog } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names'
import { OverlayClose } from './overlay-close'
import { dismissalHandlers, type OverlayDismissal } from './overlay-dismissal'
import { useReturnFocus } from './use-return-focus'

export const Dialog = RadixDialog.Root

const sizeClass = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-2xl', xl: 'max-w-4xl' }

export type DialogContentProps = ComponentProps<typeof RadixDialog.Content> &
  OverlayDismissal & { size?: keyof typeof sizeClass | undefined }

export function DialogContent({
  size = 'md',
  dismissible,
  onRequestClose,
  className,
  children,
  ...props
}: DialogContentProps) {
  const { opener, onCloseAutoFocus } = useReturnFocus()
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-scrim p-4 data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in">
        <RadixDialog.Content
          {...dismissalHandlers({ dismissible, onRequestClose })}
          onCloseAutoFocus={onCloseAutoFocus}
          {...props}
          className={cn(
            'relative flex max-h-[calc(100dvh-2rem)] w-full flex-col rounded-xl border border-subtle bg-surface text-ink shadow-dialog outline-none',
            'data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in',
            sizeClass[size],
            className,
          )}
        >
          {opener}
          {children}
          <OverlayClose dismissible={dismissible} onRequestClose={onRequestClose} />
        </RadixDialog.Content>
      </RadixDialog.Overlay>
    </RadixDialog.Portal>
  )
}

export type DialogHeaderProps = { title: ReactNode; description?: ReactNode | undefined }

export function DialogHeader({ title, description }: DialogHeaderProps) {
  return (
    <div className="flex flex-col gap-1 px-5 pt-4 pr-12 pb-3">
      <RadixDialog.Title className="font-medium text-lg">{title}</RadixDialog.Title>
      {description ? (
        <RadixDialog.Description className="text-muted text-sm">
          {description}
        </RadixDialog.Description>
      ) : null}
    </div>
  )
}

export function DialogBody({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      {...props}
      className={cn('min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5 text-sm', className)}
    />
  )
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      {...props}
      className={cn(
        'flex flex-wrap items-center justify-end gap-2 rounded-b-xl border-subtle border-t bg-canvas px-5 py-3',
        className,
      )}
    />
  )
}
