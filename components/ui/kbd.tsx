'use client'

import { type ReactNode, useSyncExternalStore } from 'react'
import { cn } from './class-names'

export function Kbd({
  children,
  className,
}: {
  children: ReactNode
  className?: string | undefined
}) {
  return (
    <kbd
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-strong bg-inset px-1 font-sans text-muted text-xs',
        className,
      )}
    >
      {children}
    </kbd>
  )
}

/** The platform's name of the command key; "Ctrl" until the browser is known. */
export function ModKey() {
  const apple = useSyncExternalStore(subscribeNever, isApplePlatform, () => false)
  return <Kbd>{apple ? '⌘' : 'Ctrl'}</Kbd>
}

function subscribeNever() {
  return () => undefined
}

function isApplePlatform() {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
