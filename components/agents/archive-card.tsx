'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { archive, restore } from '@/app/[tenant]/settings/agents/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import type { AgentSummary } from '@/lib/agents/model'

export type ArchiveCardProps = { tenant: string; agent: AgentSummary }

/** Takes the agent out of use, and back. */
export function ArchiveCard({ tenant, agent }: ArchiveCardProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const save = useSave()
  const on = { agent: agent.id }
  if (agent.archivedAt !== null) {
    return (
      <SectionCard
        title="Restore agent"
        description="It can be changed and deployed again. It comes back private."
        actions={
          <Button
            variant="primary"
            loading={save.saving}
            onClick={() => save.run(() => restore(tenant, on), router.refresh)}
          >
            Restore agent
          </Button>
        }
      >
        {save.problem ? (
          <ProblemNotice problem={save.problem} title="The agent was not restored" />
        ) : null}
      </SectionCard>
    )
  }
  return (
    <>
      <SectionCard
        tone="danger"
        title="Archive agent"
        description="Nothing of it is lost: revisions, deployments and collaborators stay, and its id stays its own."
        actions={
          <Button variant="danger-outline" onClick={() => setAsking(true)}>
            Archive agent
          </Button>
        }
      />
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDone={router.refresh}
        act={() => archive(tenant, on)}
        title={`Archive ${agent.displayName}?`}
        description={
          <p>
            It can no longer be changed, deployed or run, and its public page ends, until somebody
            restores it.
          </p>
        }
        confirmLabel="Archive agent"
        tone="danger"
        problemTitle="The agent was not archived"
      />
    </>
  )
}
