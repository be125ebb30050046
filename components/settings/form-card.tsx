'use client'

import type { ReactNode } from 'react'
import type { SendForm } from './form-state'
import { ProblemNotice } from './problem-notice'
import { SaveFooter } from './save-footer'
import { SectionCard } from './section-card'
import type { TextForm } from './use-text-form'
import { useUnsavedGuard } from './use-unsaved-guard'

export type FormCardProps<Values extends Record<string, string>> = {
  form: TextForm<Values>
  /** By which the browser sends the form where there are no scripts. */
  send: SendForm
  /** What the server needs besides the fields then. */
  hidden: Readonly<Record<string, string>>
  title: string
  description: ReactNode
  hint: ReactNode
  saveLabel?: string | undefined
  /** What was not done: "Your name was not changed". */
  problemTitle: string
  /** Says "Saved" afterwards; off where the card says it in other words. */
  showSaved?: boolean | undefined
  onSubmit: () => void
  children: ReactNode
}

/** A card that is a form of text fields: it saves alone, and asks before what was typed is lost. */
export function FormCard<Values extends Record<string, string>>(props: FormCardProps<Values>) {
  const { form, showSaved = true } = props
  const { save, dirty } = form
  const guard = useUnsavedGuard(dirty)
  const atField = Object.keys(form.values).some((name) => form.errorOf(name))
  return (
    <>
      <form
        ref={save.form}
        action={props.send}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          props.onSubmit()
        }}
      >
        {Object.entries(props.hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SectionCard
          title={props.title}
          description={props.description}
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={showSaved && save.saved}
              saveLabel={props.saveLabel}
              hint={props.hint}
              onCancel={form.reset}
              withoutScripts
            />
          }
        >
          <div className="flex flex-col gap-4">
            {props.children}
            {atField ? null : <ProblemNotice problem={save.problem} title={props.problemTitle} />}
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
    </>
  )
}
