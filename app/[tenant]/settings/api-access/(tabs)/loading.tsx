import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The geometry of the page: header, tabs, toolbar, table. */
export default function ApiAccessLoading() {
  return (
    <SkeletonRegion label="Loading API access" className="flex flex-col gap-6">
      <div className="flex max-w-2xl flex-col gap-2">
        <Skeleton className="h-7 w-36" />
        <Skeleton className="h-4 w-full" />
      </div>
      <div className="flex h-9 items-center gap-4 border-subtle border-b">
        <Skeleton className="w-28" />
        <Skeleton className="w-28" />
        <Skeleton className="w-14" />
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
              <Skeleton className="w-44" />
              <Skeleton className="w-28" />
              <Skeleton className="w-24" />
              <Skeleton className="w-20" />
            </div>
          ))}
        </div>
      </div>
    </SkeletonRegion>
  )
}
