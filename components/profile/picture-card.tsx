'use client'

import { takeAvatarAway, uploadAvatar } from '@/app/[tenant]/settings/profile/actions'
import { PictureField } from '@/components/settings/picture-field'
import { SectionCard } from '@/components/settings/section-card'

export type PictureCardProps = {
  tenant: string
  profile: { userId: string; displayName: string; avatarId: string | null }
}

export function PictureCard({ tenant, profile }: PictureCardProps) {
  return (
    <SectionCard
      title="Picture"
      description="Shown beside your name. Without one, your initials are."
    >
      <PictureField
        label="Picture"
        name={profile.displayName}
        seed={profile.userId}
        shape="round"
        pictureId={profile.avatarId}
        upload={(form) => uploadAvatar(tenant, form)}
        remove={() => takeAvatarAway(tenant, {})}
      />
    </SectionCard>
  )
}
