'use client'

import { takeLogoAway, uploadLogo } from '@/app/[tenant]/settings/general/actions'
import { PictureField } from '@/components/settings/picture-field'
import { SectionCard } from '@/components/settings/section-card'

export type LogoCardProps = {
  tenant: string
  organization: { name: string; slug: string; logoId: string | null }
}

export function LogoCard({ tenant, organization }: LogoCardProps) {
  return (
    <SectionCard
      title="Logo"
      description="Shown in the sidebar and in invitations. Without one, its initials are."
    >
      <PictureField
        label="Logo"
        name={organization.name}
        seed={organization.slug}
        shape="square"
        pictureId={organization.logoId}
        upload={(form) => uploadLogo(tenant, form)}
        remove={() => takeLogoAway(tenant, {})}
      />
    </SectionCard>
  )
}
