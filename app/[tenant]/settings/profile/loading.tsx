import { CardsSkeleton, HeaderSkeleton, TabsSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'

/** How tall the content of each card is. */
const CARDS = { first: 'h-20', second: 'h-20', third: 'h-32', fourth: 'h-16' }

export default function ProfileLoading() {
  return (
    <SkeletonRegion label="Loading your profile" className="flex flex-col gap-6">
      <HeaderSkeleton title="w-24" />
      <TabsSkeleton tabs={['w-12', 'w-16', 'w-24']} />
      <CardsSkeleton cards={CARDS} />
    </SkeletonRegion>
  )
}
