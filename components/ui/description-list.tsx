import type { ReactNode } from 'react'
import { cn } from './class-names'

export type DescriptionListProps = {
  items: readonly { term: string; detail: ReactNode }[]
  /** `rows`: term beside detail. `columns`: a strip of facts. */
  layout?: 'rows' | 'columns' | undefined
  className?: string | undefined
}

export function DescriptionList({ items, layout = 'rows', className }: DescriptionListProps) {
  const rows = layout === 'rows'
  return (
    <dl
      className={cn(
        'text-sm tabular-nums',
        rows
          ? 'divide-y divide-subtle'
          : 'grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-[repeat(auto-fit,minmax(8rem,1fr))]',
        className,
      )}
    >
      {items.map((item) => (
        <div
          key={item.term}
          className={cn(
            'min-w-0',
            rows
              ? 'grid gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[11rem_1fr]'
              : 'flex flex-col gap-0.5',
          )}
        >
          <dt className={cn('text-muted', rows ? 'text-sm' : 'text-xs')}>{item.term}</dt>
          <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">{item.detail}</dd>
        </div>
      ))}
    </dl>
  )
}
