import { cn } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/skeleton'

/** The geometry of what most pages are made of, while they load. Sizes are given as classes. */

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

export function HeaderSkeleton({ title }: { title: string }) {
  return (
    <div className="flex max-w-2xl flex-col gap-2">
      <Skeleton className={cn('h-7', title)} />
      <Skeleton className="h-4 w-full" />
    </div>
  )
}

export function TabsSkeleton({ tabs }: { tabs: readonly string[] }) {
  return (
    <div className="flex h-9 items-center gap-4 border-subtle border-b">
      {tabs.map((width, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
        <Skeleton key={place} className={width} />
      ))}
    </div>
  )
}

/** A ListTable: toolbar, head, rows. `picture` leads each row where people are listed. */
export function ListSkeleton({ picture = false }: { picture?: boolean }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap justify-between gap-2">
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-8 w-28" />
      </div>
      <div className="overflow-hidden rounded-lg border border-subtle bg-surface">
        <div className="h-9 border-subtle border-b bg-inset" />
        {ROWS.map((row) => (
          <div key={row} className="flex h-14 items-center gap-8 border-subtle border-b px-4">
            {picture ? <Skeleton className="size-8 rounded-full" /> : null}
            <Skeleton className="w-44" />
            <Skeleton className="w-28" />
            <Skeleton className="w-24" />
            <Skeleton className="w-20" />
          </div>
        ))}
      </div>
    </div>
  )
}
