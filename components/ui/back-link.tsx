import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type BackLinkProps = {
  href: string
  /** What the way back leads to: "Agents". */
  children: ReactNode
}

/** Above the title of a page that is reached from a list: the way back to it. */
export function BackLink({ href, children }: BackLinkProps) {
  return (
    <Link
      href={href}
      className="inline-flex w-fit max-w-full items-center gap-1.5 rounded-xs text-muted text-sm hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4 shrink-0" />
      {children}
    </Link>
  )
}
