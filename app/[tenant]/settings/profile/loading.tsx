import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'

/** How tall the content of each card is. */
const CARDS = { name: 'h-14', picture: 'h-20', email: 'h-32', password: 'h-36', sessions: 'h-40' }

/** The geometry of the page: header, cards. */
export default function ProfileLoading() {
  return (
    <SkeletonRegion label="Loading your profile" className="flex flex-col gap-6">
      <div className="flex max-w-2xl flex-col gap-2">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-4 w-full" />
      </div>
      <div className="flex max-w-form flex-col gap-6">
        {Object.entries(CARDS).map(([card, height]) => (
          <div
            key={card}
            className="flex flex-col gap-4 rounded-lg border border-subtle bg-surface p-5"
          >
            <Skeleton className="h-5 w-32" />
            <Skeleton className={height} />
          </div>
        ))}
      </div>
    </SkeletonRegion>
  )
}
