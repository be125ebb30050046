'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeMcp } from '@/app/[tenant]/settings/integrations/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { CheckboxField } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { Integration, McpConfig } from '@/lib/integrations/model'
import { orderedTools, TOOL_FACTS, TOOL_IDS } from '@/lib/integrations/tools'

export type ToolsCardProps = { tenant: string; integration: Integration; config: McpConfig }

/** What clients can do, and what they are told the server is for. */
export function ToolsCard({ tenant, integration, config }: ToolsCardProps) {
  const router = useRouter()
  const [stored, setStored] = useState(() => draftOf(config))
  const [draft, setDraft] = useState(stored)
  const save = useSave()
  const dirty = JSON.stringify(draft) !== JSON.stringify(stored)
  const guard = useUnsavedGuard(dirty)
  function change(part: Partial<typeof draft>) {
    setDraft({ ...draft, ...part })
    save.touch()
  }
  const descriptionError = errorAt(save.problem, '/description')
  return (
    <form
      ref={save.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.run(
          () =>
            changeMcp(tenant, {
              integration: integration.id,
              exposedToolIds: draft.tools,
              description: draft.description,
            }),
          (saved) => {
            const kept = draftOf(saved.config)
            setStored(kept)
            setDraft(kept)
            router.refresh()
          },
        )
      }}
    >
      <SectionCard
        title="Tools"
        description="What clients can do. A change counts from their next call on."
        footer={
          <SaveFooter
            dirty={dirty}
            saving={save.saving}
            saved={save.saved}
            onCancel={() => {
              setDraft(stored)
              save.touch()
            }}
            hint={hintOf(draft.tools.length, dirty)}
          />
        }
      >
        <div className="flex flex-col gap-5">
          {descriptionError ? null : (
            <ProblemNotice problem={save.problem} title="The tools were not changed" />
          )}
          <fieldset className="flex flex-col gap-3">
            <legend className="sr-only">Tools</legend>
            {TOOL_IDS.map((tool) => (
              <CheckboxField
                key={tool}
                label={
                  <>
                    {TOOL_FACTS[tool].title} <code className="text-faint text-xs">{tool}</code>
                  </>
                }
                description={TOOL_FACTS[tool].reveals}
                checked={draft.tools.includes(tool)}
                onCheckedChange={(checked) =>
                  change({
                    tools: orderedTools(
                      checked
                        ? [...draft.tools, tool]
                        : draft.tools.filter((other) => other !== tool),
                    ),
                  })
                }
              />
            ))}
          </fieldset>
          <Field
            label="Instructions for clients"
            optional
            description="Models read it before they choose a tool. The description of the integration where this is empty."
            error={descriptionError}
          >
            <Textarea
              name="description"
              rows={3}
              value={draft.description}
              onChange={({ target }) => change({ description: target.value })}
            />
          </Field>
        </div>
      </SectionCard>
      {guard.dialog}
    </form>
  )
}

function hintOf(chosen: number, dirty: boolean): string | null {
  if (chosen === 0) return 'Without a tool clients find an empty server.'
  return dirty ? null : `${chosen} of ${TOOL_IDS.length} offered`
}

function draftOf({ exposedTools, description }: McpConfig) {
  return { tools: exposedTools, description }
}
