import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'

const CARDS = ['name', 'logo', 'address', 'facts']

/** The geometry of the page: header and cards. */
export default function GeneralLoading() {
  return (
    <SkeletonRegion label="Loading general settings" className="flex flex-col gap-6">
      <div className="flex max-w-2xl flex-col gap-2">
        <Skeleton className="h-7 w-28" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <div className="flex max-w-form flex-col gap-6">
        {CARDS.map((card) => (
          <div
            key={card}
            className="flex flex-col gap-4 rounded-lg border border-subtle bg-surface p-5"
          >
            <Skeleton className="h-5 w-40" />
            <Skeleton className="h-8" />
            <Skeleton className="h-8 w-2/3" />
          </div>
        ))}
      </div>
    </SkeletonRegion>
  )
}
