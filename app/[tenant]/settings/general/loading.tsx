import { CardsSkeleton, HeaderSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'

/** How tall the content of each card is. */
const CARDS = { name: 'h-32', logo: 'h-20', address: 'h-24', facts: 'h-20' }

export default function GeneralLoading() {
  return (
    <SkeletonRegion label="Loading general settings" className="flex flex-col gap-6">
      <HeaderSkeleton title="w-28" />
      <CardsSkeleton cards={CARDS} />
    </SkeletonRegion>
  )
}
