import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The geometry of the page: header, chain, filters, table. */
export function AuditLogSkeleton() {
  return (
    <SkeletonRegion label="Loading the audit log" className="flex flex-col gap-6">
      <div className="flex items-start justify-between gap-6">
        <div className="flex w-full max-w-xl flex-col gap-2">
          <Skeleton className="h-7 w-32" />
          <Skeleton className="h-4 w-full" />
        </div>
        <Skeleton className="h-8 w-24" />
      </div>
      <Skeleton className="h-11 rounded-lg" />
      <div className="flex flex-col gap-3">
        <div className="flex gap-2">
          <Skeleton className="h-8 w-64" />
          <Skeleton className="h-8 w-20" />
          <Skeleton className="h-8 w-20" />
          <Skeleton className="h-8 w-20" />
        </div>
        <div className="overflow-hidden rounded-lg border border-subtle bg-surface">
          <div className="h-9 border-subtle border-b bg-inset" />
          {ROWS.map((row) => (
            <div key={row} className="flex h-14 items-center gap-6 border-subtle border-b px-4">
              <Skeleton className="w-32" />
              <Skeleton className="w-40" />
              <Skeleton className="w-72" />
            </div>
          ))}
        </div>
      </div>
    </SkeletonRegion>
  )
}
