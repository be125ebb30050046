'use client'

import type { Profile } from '@/lib/profile/queries'
import { EmailCard } from './email-card'
import { ExportCard } from './export-card'
import { NameCard } from './name-card'
import { PictureCard } from './picture-card'
import { TokensCard } from './tokens-card'

export type ProfilePanelProps = { tenant: string; profile: Profile; emailAvailable: boolean }

export function ProfilePanel({ tenant, profile, emailAvailable }: ProfilePanelProps) {
  const own = { tenant, profile }
  return (
    <div className="flex max-w-form flex-col gap-6">
      <NameCard {...own} />
      <PictureCard {...own} />
      <EmailCard {...own} available={emailAvailable} />
      <TokensCard {...own} />
      <ExportCard tenant={tenant} />
    </div>
  )
}
