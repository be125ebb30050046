import { HeaderSkeleton, ListSkeleton, TabsSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'

export default function ApiAccessLoading() {
  return (
    <SkeletonRegion label="Loading API access" className="flex flex-col gap-6">
      <HeaderSkeleton title="w-36" />
      <TabsSkeleton tabs={['w-28', 'w-28', 'w-14', 'w-14']} />
      <ListSkeleton />
    </SkeletonRegion>
  )
}
