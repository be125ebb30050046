'use client'

import { useRouter } from 'next/navigation'
import { makeAgent } from '@/app/[tenant]/settings/agents/actions'
import { CreateNamedDialog } from '@/components/settings/create-named-dialog'

export type CreateAgentDialogProps = { tenant: string; onClose: () => void }

/** Mount to open. Names the agent; its first revision is written on its page. */
export function CreateAgentDialog({ tenant, onClose }: CreateAgentDialogProps) {
  const router = useRouter()
  return (
    <CreateNamedDialog
      noun="agent"
      description="You become its admin. Nobody else sees it but admins of the organization, until you share it."
      example="Ticket triage"
      idDescription="What programs, usage and budgets call it. It never changes. If it reports usage already, use the name that it reports."
      descriptionDescription="What it is for. Shown on its page if you make it public."
      create={(values) => makeAgent(tenant, values)}
      onMade={({ id }) => router.push(`/${tenant}/settings/agents/${id}?tab=revisions`)}
      onClose={onClose}
    />
  )
}
