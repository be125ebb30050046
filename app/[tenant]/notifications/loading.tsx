import { HeaderSkeleton, TabsSkeleton } from '@/components/settings/page-skeleton'
import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f']

/** The geometry of the page: header, tabs, toolbar, notices. */
export default function NotificationsLoading() {
  return (
    <SkeletonRegion label="Loading your notifications" className="flex flex-col gap-6">
      <HeaderSkeleton title="w-32" />
      <TabsSkeleton tabs={['w-12', 'w-24']} />
      <div className="flex max-w-form flex-col gap-3">
        <Skeleton className="h-8 w-36" />
        <div className="overflow-hidden rounded-lg border border-subtle bg-surface">
          {ROWS.map((row) => (
            <div key={row} className="flex gap-3 border-subtle border-b px-4 py-3">
              <Skeleton className="size-8 shrink-0" />
              <div className="flex flex-1 flex-col gap-2">
                <Skeleton className="w-1/3" />
                <Skeleton className="w-full" />
                <Skeleton className="h-3 w-1/4" />
              </div>
            </div>
          ))}
        </div>
      </div>
    </SkeletonRegion>
  )
}
