'use client'

import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { type Notice, receiveNotices } from './notify'
import { Spinner } from './spinner'

// An error stays twice as long: it has a reason and a next step to read.
const DURATION_MS = { success: 4000, info: 5000, error: 10_000 }

function show({ kind, message, description, action }: Notice) {
  toast[kind](message, {
    duration: DURATION_MS[kind],
    ...(description ? { description } : {}),
    ...(action ? { action } : {}),
  })
}

/** A notice never lies on the buttons of an open sheet. Important, as Sonner writes its own on the element. */
const ABOVE_SHEET_FOOTER =
  'font-sans! [body:has([data-sheet-footer])_&]:[--mobile-offset-bottom:4.5rem]! [body:has([data-sheet-footer])_&]:[--offset-bottom:4.5rem]!'

/** Shows what `notify` says. */
export function ToastList() {
  // The queue of notices is the external system; below, the list already listens.
  useEffect(() => receiveNotices(show), [])
  return (
    <Sonner
      position="bottom-right"
      className={ABOVE_SHEET_FOOTER}
      gap={8}
      offset={16}
      mobileOffset={12}
      icons={{
        success: <CircleCheck className="size-4 text-success-text" />,
        error: <CircleX className="size-4 text-danger-text" />,
        warning: <TriangleAlert className="size-4 text-warning-text" />,
        info: <Info className="size-4 text-info-text" />,
        loading: <Spinner />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'pointer-events-auto flex w-full items-start gap-2.5 rounded-lg border border-strong bg-raised px-3 py-2.5 text-ink text-sm shadow-overlay',
          icon: 'mt-0.5 shrink-0',
          content: 'flex min-w-0 flex-1 flex-col gap-0.5',
          title: 'font-medium',
          description: 'text-muted [overflow-wrap:anywhere]',
          actionButton:
            'h-7 shrink-0 rounded-md border border-strong bg-surface px-2.5 font-medium text-ink text-sm hover:bg-inset',
        },
      }}
    />
  )
}
