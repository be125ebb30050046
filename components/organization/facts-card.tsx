import { SectionCard } from '@/components/settings/section-card'
import { CopyButton } from '@/components/ui/copy-button'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'

export type FactsCardProps = { organization: { id: string; createdAt: number } }

/** What never changes. */
export function FactsCard({ organization }: FactsCardProps) {
  return (
    <SectionCard
      title="Organization id"
      description="Stays the same whatever the organization is called. The API takes it in place of the address."
    >
      <DescriptionList
        items={[
          { term: 'Id', detail: <OrganizationId id={organization.id} /> },
          { term: 'Created', detail: <AbsoluteTime at={organization.createdAt} dateOnly /> },
        ]}
      />
    </SectionCard>
  )
}

export function OrganizationId({ id }: { id: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 text-xs [overflow-wrap:anywhere]">{id}</code>
      <CopyButton value={id} label="Copy organization id" className="-my-1" />
    </span>
  )
}
