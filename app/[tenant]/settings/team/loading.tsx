import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

/** The geometry of the page: header, toolbar, table. */
export default function TeamLoading() {
  return (
    <SkeletonRegion label="Loading the team" className="flex flex-col gap-6">
      <div className="flex max-w-2xl flex-col gap-2">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap justify-between gap-2">
          <Skeleton className="h-8 w-64" />
          <Skeleton className="h-8 w-28" />
        </div>
        <div className="overflow-hidden rounded-lg border border-subtle bg-surface">
          <div className="h-9 border-subtle border-b bg-inset" />
          {ROWS.map((row) => (
            <div key={row} className="flex h-14 items-center gap-8 border-subtle border-b px-4">
              <Skeleton className="size-8 rounded-full" />
              <Skeleton className="w-44" />
              <Skeleton className="w-24" />
              <Skeleton className="w-20" />
            </div>
          ))}
        </div>
      </div>
    </SkeletonRegion>
  )
}
