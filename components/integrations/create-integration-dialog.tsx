'use client'

import { useRouter } from 'next/navigation'
import { addIntegration } from '@/app/[tenant]/settings/integrations/actions'
import { CreateNamedDialog } from '@/components/settings/create-named-dialog'

export type CreateIntegrationDialogProps = { tenant: string; onClose: () => void }

/** Mount to open. Names the integration; its tools are chosen on its page. */
export function CreateIntegrationDialog({ tenant, onClose }: CreateIntegrationDialogProps) {
  const router = useRouter()
  return (
    <CreateNamedDialog
      noun="integration"
      description="Nothing is published yet: choose tools and enable its MCP server on the next page."
      example="Support desk"
      idDescription="Part of the URL that clients call. It never changes."
      descriptionDescription="Who uses it, and for what."
      create={(values) => addIntegration(tenant, values)}
      onMade={({ id }) => router.push(`/${tenant}/settings/integrations/${id}?tab=mcp`)}
      onClose={onClose}
    />
  )
}
