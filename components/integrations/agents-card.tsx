'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeIntegration } from '@/app/[tenant]/settings/integrations/actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { CheckboxField } from '@/components/ui/checkbox'
import { TextLink } from '@/components/ui/text-link'
import type { Integration, OfferedAgent } from '@/lib/integrations/model'

export type AgentsCardProps = {
  tenant: string
  integration: Integration
  agents: readonly Pick<OfferedAgent, 'id' | 'displayName' | 'runs'>[]
  /** Whether run_agent is among the tools. */
  offered: boolean
}

/** Which agents the tool run_agent may run. */
export function AgentsCard({ tenant, integration, agents, offered }: AgentsCardProps) {
  const router = useRouter()
  const [stored, setStored] = useState(() => idsOf(integration))
  const [chosen, setChosen] = useState(stored)
  const save = useSave()
  const dirty = chosen.join() !== stored.join()
  const guard = useUnsavedGuard(dirty)
  function change(ids: string[]) {
    setChosen(ids)
    save.touch()
  }
  return (
    <form
      ref={save.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.run(
          () => changeIntegration(tenant, { integration: integration.id, agentIds: chosen }),
          (changed) => {
            const kept = idsOf(changed)
            setStored(kept)
            setChosen(kept)
            router.refresh()
          },
        )
      }}
    >
      <SectionCard
        title="Agents that clients may run"
        description={
          offered
            ? 'Each run is metered and counts against budgets. Without an agent the tool is not there.'
            : 'They count once Run an agent is among the tools.'
        }
        footer={
          agents.length === 0 ? undefined : (
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={save.saved}
              onCancel={() => change(stored)}
              hint={dirty ? null : `${chosen.length} of ${agents.length} chosen`}
            />
          )
        }
      >
        <div className="flex flex-col gap-4">
          <ProblemNotice problem={save.problem} title="The agents were not changed" />
          {agents.length === 0 ? (
            <p className="text-muted text-sm">
              There is no agent yet.{' '}
              <TextLink href={`/${tenant}/settings/agents`}>Create an agent</TextLink>
            </p>
          ) : (
            <fieldset className="grid gap-3 sm:grid-cols-2">
              <legend className="sr-only">Agents</legend>
              {agents.map(({ id, displayName, runs }) => (
                <CheckboxField
                  key={id}
                  label={displayName}
                  description={runs ? <code>{id}</code> : 'Not deployed: offered once it is.'}
                  checked={chosen.includes(id)}
                  onCheckedChange={(checked) =>
                    change(
                      checked ? [...chosen, id].sort() : chosen.filter((other) => other !== id),
                    )
                  }
                />
              ))}
            </fieldset>
          )}
        </div>
      </SectionCard>
      {guard.dialog}
    </form>
  )
}

function idsOf({ agents }: Integration): string[] {
  return agents.map(({ id }) => id).sort()
}
