import { ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './class-names'

export type TextLinkProps = ComponentProps<typeof Link> & {
  /** Opens in a new tab and says so. */
  external?: boolean | undefined
}

/** A link inside running text. */
export function TextLink({ external = false, className, children, ...props }: TextLinkProps) {
  return (
    <Link
      {...props}
      {...(external ? { target: '_blank', rel: 'noreferrer' } : {})}
      className={cn(
        'rounded-xs font-medium text-accent-text underline decoration-accent-line underline-offset-[3px] hover:decoration-current',
        className,
      )}
    >
      {children}
      {external ? (
        <>
          <ArrowUpRight aria-hidden className="ml-0.5 inline size-3.5 align-[-2px]" />
          <span className="sr-only"> (opens in a new tab)</span>
        </>
      ) : null}
    </Link>
  )
}
