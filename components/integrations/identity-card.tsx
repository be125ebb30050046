'use client'

import { changeIntegration } from '@/app/[tenant]/settings/integrations/actions'
import { NameCard } from '@/components/settings/name-card'
import type { Integration } from '@/lib/integrations/model'

export type IdentityCardProps = { tenant: string; integration: Integration }

/** What people call the integration, and what it is for. */
export function IdentityCard({ tenant, integration }: IdentityCardProps) {
  return (
    <NameCard
      noun="integration"
      named={integration}
      description="Clients show the name. The id, and with it every URL, stays as it is."
      hint="URLs and clients go on by the id."
      save={(change) => changeIntegration(tenant, { integration: integration.id, ...change })}
    />
  )
}
