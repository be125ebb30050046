'use client'

import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import { Toaster as Sonner } from 'sonner'
import { Spinner } from './spinner'

/** Mounted once, in the root layout. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      className="font-sans!"
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
