'use client'

import { Rocket, Undo2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deploy } from '@/app/[tenant]/settings/agents/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { Button } from '@/components/ui/button'
import type { AgentSummary } from '@/lib/agents/model'

export type DeployButtonProps = {
  tenant: string
  agent: AgentSummary
  revision: number
  size?: 'sm' | 'md' | undefined
}

/** Makes a revision the live one, after asking. Somebody who was faster is told of, not overruled. */
export function DeployButton({ tenant, agent, revision, size = 'sm' }: DeployButtonProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const live = agent.deployedRevision
  const back = live !== null && revision < live
  const label = back ? 'Roll back' : 'Deploy'
  return (
    <>
      <Button
        size={size}
        aria-label={`${label} ${back ? 'to' : ''} revision ${revision}`.replace('  ', ' ')}
        onClick={() => setAsking(true)}
        className="relative z-1"
      >
        {back ? <Undo2 aria-hidden /> : <Rocket aria-hidden />}
        {label}
      </Button>
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDone={router.refresh}
        act={() => deploy(tenant, { agent: agent.id, revision, previousRevision: live })}
        title={`${back ? 'Roll back to' : 'Deploy'} revision ${revision}?`}
        description={
          <p>
            {live === null
              ? `${agent.displayName} runs nothing yet. From now on it runs revision ${revision}.`
              : `${agent.displayName} runs revision ${live} now. It runs revision ${revision} instead from the next run on. Revision ${live} stays, and can be deployed again.`}
          </p>
        }
        confirmLabel={`${back ? 'Roll back to' : 'Deploy'} revision ${revision}`}
        tone="primary"
        problemTitle="Nothing was deployed"
      />
    </>
  )
}
