import type { ReactNode } from 'react'
import { LinkButton } from '@/components/ui/link-button'

export type LinkEndedProps = { children: ReactNode; next: { href: string; label: string } }

/** The page of a one-time link that was used, replaced or has expired: nobody is told which. */
export function LinkEnded({ children, next }: LinkEndedProps) {
  return (
    <div className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-ink text-xl">This link has ended</h1>
      <p className="text-muted text-sm">{children}</p>
      <LinkButton href={next.href}>{next.label}</LinkButton>
    </div>
  )
}
