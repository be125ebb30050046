'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { pinnedStyles } from './pinned-styles'

export type SortDirection = 'asc' | 'desc'

export type ThProps = Omit<ComponentProps<'th'>, 'align'> & {
  align?: 'left' | 'right' | 'center' | undefined
  /** `null`: sortable, but not sorted by this column now. Leave out where it cannot be sorted. */
  sort?: SortDirection | null | undefined
  onSort?: (() => void) | undefined
  /** Spoken but not shown, for columns of actions or checkboxes. */
  srOnly?: boolean | undefined
  /** Above pinned cells. */
  pinned?: boolean | undefined
}

export function Th({
  align = 'left',
  sort,
  onSort,
  srOnly = false,
  pinned = false,
  className,
  children,
  ...props
}: ThProps) {
  const sortable = sort !== undefined && onSort !== undefined
  return (
    <th
      scope="col"
      {...props}
      {...(sortable ? { 'aria-sort': ariaSort(sort) } : {})}
      className={cn(
        'h-9 whitespace-nowrap px-3 font-medium text-muted text-xs first:pl-(--table-edge,--spacing(4)) last:pr-(--table-edge,--spacing(4))',
        align === 'right' && 'text-right',
        align === 'center' && 'text-center',
        pinned && [pinnedStyles, 'max-md:bg-canvas'],
        className,
      )}
    >
      {sortable ? (
        <button
          type="button"
          onClick={onSort}
          className={cn(
            'touch-target -mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink',
            sort && 'text-ink',
            align === 'right' && 'flex-row-reverse',
          )}
        >
          {children}
          <SortIcon sort={sort} />
        </button>
      ) : (
        <span className={srOnly ? 'sr-only' : undefined}>{children}</span>
      )}
    </th>
  )
}

function ariaSort(sort: SortDirection | null) {
  if (sort === null) return 'none'
  return sort === 'asc' ? 'ascending' : 'descending'
}

function SortIcon({ sort }: { sort: SortDirection | null }) {
  if (sort === 'asc') return <ArrowUp aria-hidden className="size-3.5" />
  if (sort === 'desc') return <ArrowDown aria-hidden className="size-3.5" />
  return <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
}
