'use client'

import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useId } from 'react'
import { SectionIcon, type SectionIconName } from '@/components/shell/section-icon'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { cn } from '@/components/ui/class-names'

export type SectionNavProps = {
  groups: ShellFacts['sectionGroups']
  onNavigate?: (() => void) | undefined
}

export function SectionNav({ groups, onNavigate }: SectionNavProps) {
  const pathname = usePathname()
  const id = useId()
  return (
    <nav aria-label="Settings" className="flex flex-col gap-5">
      {groups.map(({ label, sections }) => (
        <div key={label} className="flex flex-col gap-1">
          <p id={`${id}-${label}`} className="px-2 font-medium text-faint text-xs">
            {label}
          </p>
          <ul aria-labelledby={`${id}-${label}`} className="flex flex-col gap-px">
            {sections.map(({ href, title, icon }) => {
              const current = pathname === href || pathname.startsWith(`${href}/`)
              return (
                <li key={href}>
                  <Link
                    href={href}
                    aria-current={current ? 'page' : undefined}
                    {...(onNavigate ? { onClick: onNavigate } : {})}
                    className={cn(
                      'focus-inset flex min-h-8 items-center gap-2.5 rounded-md px-2 text-sm touch:min-h-11',
                      current
                        ? 'bg-pressed font-medium text-ink'
                        : 'text-muted hover:bg-hover hover:text-ink',
                    )}
                  >
                    <NavIcon name={icon} current={current} />
                    <span className="truncate">{title}</span>
                  </Link>
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** Says that the press counted while the section is on its way. */
function NavIcon({ name, current }: { name: SectionIconName; current: boolean }) {
  const { pending } = useLinkStatus()
  return (
    <SectionIcon
      name={name}
      className={cn(
        'size-4 shrink-0',
        current && 'text-accent-text',
        pending && 'animate-pulse text-accent-text',
      )}
    />
  )
}
