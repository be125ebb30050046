'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { dropIntegration } from '@/app/[tenant]/settings/integrations/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { SectionCard } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import type { Integration } from '@/lib/integrations/model'

export type RemoveCardProps = { tenant: string; integration: Integration }

export function RemoveCard({ tenant, integration }: RemoveCardProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const { id, displayName } = integration
  return (
    <>
      <SectionCard
        tone="danger"
        title="Remove integration"
        description="Its MCP server ends and its key is revoked. What its clients did stays in usage and in the audit log."
        actions={
          <Button variant="danger-outline" onClick={() => setAsking(true)}>
            Remove integration
          </Button>
        }
      />
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDone={() => {
          notify.success(`${displayName} removed`)
          router.push(`/${tenant}/settings/integrations`)
        }}
        act={() => dropIntegration(tenant, { integration: id })}
        title={`Remove ${displayName}?`}
        description={
          <>
            <p>
              Every client that has its key is refused from the next call on. This cannot be undone.
            </p>
            <p>To stop for a while and change no client, disable its MCP server instead.</p>
          </>
        }
        confirmLabel="Remove integration"
        tone="danger"
        phrase={displayName}
        problemTitle="The integration was not removed"
      />
    </>
  )
}
