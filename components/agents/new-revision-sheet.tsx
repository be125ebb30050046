'use client'

import { useState } from 'react'
import { addRevision } from '@/app/[tenant]/settings/agents/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { FormSheet } from '@/components/settings/form-sheet'
import { useSave } from '@/components/settings/use-save'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import { Textarea } from '@/components/ui/textarea'
import type { AgentSummary, Revision } from '@/lib/agents/model'
import { ParameterFields } from './parameter-fields'
import { draftFrom, inputOf, type RevisionDraft } from './revision-draft'

export type NewRevisionSheetProps = {
  tenant: string
  agent: AgentSummary
  latest: Revision | null
  onClose: () => void
  onDone: () => void
}

type TextName = Exclude<keyof RevisionDraft, 'parameters'>

/** Mount to open. Begins with the latest revision, and adds the next. */
export function NewRevisionSheet(props: NewRevisionSheetProps) {
  const { tenant, agent, latest, onClose, onDone } = props
  const [initial] = useState(() => draftFrom(latest))
  const [draft, setDraft] = useState(initial)
  const save = useSave()
  const change = (part: Partial<RevisionDraft>) => {
    setDraft({ ...draft, ...part })
    save.touch()
  }
  const bind = (name: TextName) => ({
    name,
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
  })
  const errorOf = (name: keyof RevisionDraft) => errorAt(save.problem, `/${name}`)
  const atField = (Object.keys(draft) as (keyof RevisionDraft)[]).some(errorOf)
  function submit() {
    save.run(
      () => addRevision(tenant, { agent: agent.id, ...inputOf(draft) }),
      ({ number }) => {
        notify.success(`Revision ${number} added`)
        onDone()
        onClose()
      },
    )
  }
  return (
    <FormSheet
      title={`New revision of ${agent.displayName}`}
      description={
        latest
          ? `Begins with revision ${latest.number}. It runs nowhere until you deploy it.`
          : 'It runs nowhere until you deploy it.'
      }
      size="lg"
      dirty={draft !== initial && !save.saved}
      save={save}
      problemTitle="The revision was not added"
      placed={atField}
      submitLabel="Add revision"
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="flex flex-col gap-5">
        <Field label="Instructions" error={errorOf('instructions')}>
          <Textarea
            {...bind('instructions')}
            mono
            rows={8}
            placeholder="You sort support tickets into queues…"
            className="min-h-40"
          />
        </Field>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field
            label="Provider"
            description="As usage and prices name it."
            error={errorOf('provider')}
          >
            <Input {...bind('provider')} spellCheck={false} placeholder="openai" />
          </Field>
          <Field label="Model" error={errorOf('model')}>
            <Input {...bind('model')} spellCheck={false} placeholder="gpt-5-mini" />
          </Field>
          <Field
            label="Temperature"
            optional
            description="0 to 2. Empty: as the model has it."
            error={errorOf('temperature')}
          >
            <Input {...bind('temperature')} inputMode="decimal" placeholder="0.2" />
          </Field>
          <Field
            label="Maximum output tokens"
            optional
            description="Empty: as the model has it."
            error={errorOf('maxOutputTokens')}
          >
            <Input {...bind('maxOutputTokens')} inputMode="numeric" placeholder="2048" />
          </Field>
        </div>
        <ParameterFields
          parameters={draft.parameters}
          problem={save.problem}
          onChange={(parameters) => change({ parameters })}
        />
        <Field
          label="Comment"
          optional
          description="What changed, and why."
          error={errorOf('comment')}
        >
          <Input {...bind('comment')} placeholder="Answers in the language of the ticket" />
        </Field>
      </div>
    </FormSheet>
  )
}
