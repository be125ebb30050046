'use client'

import { editAgent } from '@/app/[tenant]/settings/agents/actions'
import { NameCard } from '@/components/settings/name-card'
import type { AgentSummary } from '@/lib/agents/model'

export type IdentityCardProps = { tenant: string; agent: AgentSummary }

/** What people call the agent, and what it is for. */
export function IdentityCard({ tenant, agent }: IdentityCardProps) {
  return (
    <NameCard
      noun="agent"
      named={agent}
      description="Shown to everybody who sees the agent. Its id stays as it is."
      hint="Programs, usage and budgets go on by the id."
      save={(change) => editAgent(tenant, { agent: agent.id, ...change })}
    />
  )
}
