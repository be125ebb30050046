import { SectionCard } from '@/components/settings/section-card'
import { Avatar } from '@/components/ui/avatar'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import { OrganizationId } from './facts-card'

export type OrganizationFactsProps = {
  organization: {
    id: string
    slug: string
    name: string
    website: string | null
    logoId: string | null
    createdAt: number
  }
  origin: string
  roleLabel: string
}

/** The organization for those who may not change it. */
export function OrganizationFacts({ organization, origin, roleLabel }: OrganizationFactsProps) {
  const { id, slug, name, website, logoId, createdAt } = organization
  return (
    <>
      <Callout title="Only admins change the organization">
        You are signed in as {roleLabel}. Ask an admin where something here should be different.
      </Callout>
      <SectionCard
        title={
          <span className="flex items-center gap-3">
            <Avatar name={name} seed={slug} pictureId={logoId} shape="square" size="lg" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
          </span>
        }
      >
        <DescriptionList
          items={[
            { term: 'Address', detail: <span className="font-mono">{`${origin}/${slug}`}</span> },
            {
              term: 'Website',
              detail: website ? (
                <TextLink external href={website}>
                  {website}
                </TextLink>
              ) : (
                'None'
              ),
            },
            { term: 'Id', detail: <OrganizationId id={id} /> },
            { term: 'Created', detail: <AbsoluteTime at={createdAt} dateOnly /> },
          ]}
        />
      </SectionCard>
    </>
  )
}
