import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './class-names'

export type TabsNavItem = {
  href: string
  label: ReactNode
  current: boolean
  /** In words where it is not counted to its end. */
  count?: number | string | undefined
}

export type TabsNavProps = {
  /** Names the navigation for screen readers. */
  label: string
  items: readonly TabsNavItem[]
  /** `segmented` suits a short choice such as a period. */
  variant?: 'underline' | 'segmented' | undefined
  className?: string | undefined
}

/** Tabs that are links: each has its own address. */
export function TabsNav({ label, items, variant = 'underline', className }: TabsNavProps) {
  const segmented = variant === 'segmented'
  return (
    <nav
      aria-label={label}
      className={cn(segmented ? 'inline-flex' : 'border-subtle border-b', className)}
    >
      <ul
        className={cn(
          'flex overflow-x-auto',
          segmented ? 'gap-0.5 rounded-md border border-subtle bg-inset p-0.5' : '-mb-px gap-4',
        )}
      >
        {items.map((item) => (
          <li
            key={item.href}
            // Where they do not all fit, the current one is seen first.
            className={cn('shrink-0', item.current && '[scroll-initial-target:nearest]')}
          >
            <Link
              href={item.href}
              aria-current={item.current ? 'page' : undefined}
              className={segmented ? segmentClass : tabClass}
            >
              {item.label}
              {item.count === undefined ? null : (
                <span className="rounded-full bg-neutral-soft px-1.5 text-muted text-xs tabular-nums">
                  {item.count}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const tabClass =
  'focus-inset flex h-9 items-center gap-1.5 rounded-sm border-transparent border-b-2 px-0.5 font-medium text-muted text-sm hover:text-ink aria-[current]:rounded-b-none aria-[current]:border-accent aria-[current]:text-ink touch:h-11'
const segmentClass =
  'flex h-6.5 items-center gap-1.5 rounded-sm px-2.5 font-medium text-muted text-sm hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-control dark:aria-[current]:bg-neutral-soft touch:h-11'
