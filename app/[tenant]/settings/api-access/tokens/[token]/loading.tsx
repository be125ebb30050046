import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'

const CARDS = ['h-44', 'h-40', 'h-56']

/** The geometry of the page: header with its actions, tabs, two columns of cards. */
export default function TokenLoading() {
  return (
    <SkeletonRegion label="Loading the token" className="flex flex-col gap-6">
      <div className="flex flex-col gap-3">
        <Skeleton className="h-5 w-24" />
        <div className="flex flex-wrap justify-between gap-4">
          <div className="flex flex-col gap-2">
            <Skeleton className="h-7 w-56" />
            <Skeleton className="w-64" />
          </div>
          <Skeleton className="h-8 w-64" />
        </div>
      </div>
      <Skeleton className="h-9" />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex flex-col gap-6">
          {CARDS.map((height) => (
            <Skeleton key={height} className={`${height} rounded-lg`} />
          ))}
        </div>
        <Skeleton className="h-72 rounded-lg" />
      </div>
    </SkeletonRegion>
  )
}
