import { HeaderSkeleton, ListSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'

export default function TeamLoading() {
  return (
    <SkeletonRegion label="Loading the team" className="flex flex-col gap-6">
      <HeaderSkeleton title="w-24" />
      <ListSkeleton picture />
    </SkeletonRegion>
  )
}
