'use client'

import { useId, useState } from 'react'
import { addRevision } from '@/app/[tenant]/settings/agents/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
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
  const formId = useId()
  const guard = useUnsavedGuard(draft !== initial && !save.saved)
  const close = () => guard.ask(onClose)
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
  return (
    <Sheet open>
      <SheetContent size="lg" onRequestClose={close}>
        <SheetHeader
          title={`New revision of ${agent.displayName}`}
          description={
            latest
              ? `Begins with revision ${latest.number}. It runs nowhere until you deploy it.`
              : 'It runs nowhere until you deploy it.'
          }
        />
        <SheetBody>
          <form
            id={formId}
            ref={save.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              save.run(
                () => addRevision(tenant, { agent: agent.id, ...inputOf(draft) }),
                ({ number }) => {
                  notify.success(`Revision ${number} added`)
                  onDone()
                  onClose()
                },
              )
            }}
            className="flex flex-col gap-5"
          >
            {atField ? null : (
              <ProblemNotice problem={save.problem} title="The revision was not added" />
            )}
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
          </form>
        </SheetBody>
        <SheetFooter>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={save.saving}>
            Add revision
          </Button>
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
    </Sheet>
  )
}
