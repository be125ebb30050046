'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { editAgent } from '@/app/[tenant]/settings/agents/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { CopyTextButton } from '@/components/ui/copy-text-button'
import { SwitchField } from '@/components/ui/switch'
import { TextLink } from '@/components/ui/text-link'
import type { AgentSummary } from '@/lib/agents/model'

export type VisibilityCardProps = {
  tenant: string
  agent: AgentSummary
  /** Where the public page is, or would be. */
  publicHref: string
  mayChange: boolean
}

/** Whether anybody may read about the agent, and the link to hand out. */
export function VisibilityCard({ tenant, agent, publicHref, mayChange }: VisibilityCardProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const save = useSave()
  const change = (isPublic: boolean) => editAgent(tenant, { agent: agent.id, isPublic })
  return (
    <SectionCard title="Public page">
      <div className="flex flex-col gap-4">
        <SwitchField
          label="Anybody may read about this agent"
          description={
            mayChange
              ? 'A page with its name and description, and the name, logo and website of your organization. Nothing else.'
              : 'Only an admin of the agent changes this.'
          }
          checked={agent.isPublic}
          disabled={!mayChange || save.saving}
          onCheckedChange={(checked) =>
            checked ? setAsking(true) : save.run(() => change(false), router.refresh)
          }
        />
        {agent.isPublic ? (
          <div className="flex flex-wrap items-center gap-3">
            <TextLink
              href={publicHref}
              external
              className="min-w-0 text-sm [overflow-wrap:anywhere]"
            >
              {publicHref}
            </TextLink>
            <CopyTextButton value={publicHref} label="Copy link" size="sm" />
          </div>
        ) : null}
        <ProblemNotice problem={save.problem} title="Nothing was changed" />
      </div>
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDone={router.refresh}
        act={() => change(true)}
        title={`Make ${agent.displayName} public?`}
        description={
          <>
            <p>
              Anybody with the link can read its name and description, without signing in. What it
              runs on stays private.
            </p>
            <p className="[overflow-wrap:anywhere]">{publicHref}</p>
          </>
        }
        confirmLabel="Make public"
        tone="primary"
        problemTitle="The agent was not made public"
      />
    </SectionCard>
  )
}
