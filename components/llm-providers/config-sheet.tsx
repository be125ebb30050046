'use client'

import { type FormEvent, type ReactNode, useId } from 'react'
import { ProblemNotice } from '@/components/settings/problem-notice'
import type { Save } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import { ConfigFields, type ConfigFieldsProps } from './config-fields'
import { type ConnectionTest, TestButton, TestResult } from './connection-test'

export type ConfigSheetProps = Omit<ConfigFieldsProps, 'problem'> & {
  title: string
  description: string
  submitLabel: string
  problemTitle: string
  dirty: boolean
  save: Save
  test: ConnectionTest
  /** Why it cannot be tested as it stands. */
  testHint?: string | undefined
  onTest: () => void
  onSubmit: () => void
  onClose: () => void
  /** Dialogs that open over it. */
  overlays: ReactNode
  /** Above the fields. */
  children?: ReactNode | undefined
}

/** One form for adding and for editing: fields, a test of what they say, and saving. */
export function ConfigSheet(props: ConfigSheetProps) {
  const { save, test, draft, onChange, config, onClose } = props
  const guard = useUnsavedGuard(props.dirty)
  const formId = useId()
  const close = () => guard.ask(onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <Sheet open>
      <SheetContent onRequestClose={close}>
        <SheetHeader title={props.title} description={props.description} />
        <SheetBody>
          <form
            id={formId}
            ref={save.form}
            noValidate
            onSubmit={submit}
            className="flex flex-col gap-6"
          >
            {save.problem && save.problem.errors.length === 0 ? (
              <ProblemNotice problem={save.problem} title={props.problemTitle} />
            ) : null}
            {props.children}
            <ConfigFields
              draft={draft}
              onChange={onChange}
              problem={save.problem ?? test.problem}
              config={config}
            />
          </form>
        </SheetBody>
        <SheetFooter>
          <TestResult result={test.result} />
          {props.testHint ? (
            <p className="mr-auto basis-full text-muted text-sm">{props.testHint}</p>
          ) : (
            <TestButton test={test} onTest={props.onTest} className="mr-auto max-sm:basis-full" />
          )}
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={save.saving}>
            {props.submitLabel}
          </Button>
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
      {props.overlays}
    </Sheet>
  )
}
