'use client'

import { type FormEvent, type ReactNode, useId } from 'react'
import { ProblemNotice } from '@/components/settings/problem-notice'
import type { Save } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import {
  Sheet,
  SheetBody,
  SheetContent,
  type SheetContentProps,
  SheetFooter,
  SheetHeader,
} from '@/components/ui/sheet'

export type FormSheetProps = {
  title: string
  description: string
  size?: SheetContentProps['size']
  /** The form holds something that closing would lose. */
  dirty: boolean
  /** Without `form` the focus stays where it was when the server complains. */
  save: Pick<Save, 'saving' | 'problem'> & Partial<Pick<Save, 'form'>>
  /** What was not done: "The endpoint was not created". */
  problemTitle: string
  /** The complaint is told at its field; by default every complaint about a field. */
  placed?: boolean | undefined
  /** Null where there is nothing to be sent as it stands. */
  submitLabel: string | null
  /** Before the buttons. */
  footer?: ReactNode | undefined
  /** That open over it. */
  dialogs?: ReactNode | undefined
  /** Never while it saves. */
  onSubmit: () => void
  /** Asked for, and where it is dirty, agreed to. */
  onClose: () => void
  /** The fields. */
  children: ReactNode
}

/** A sheet that is one form; asks before what was typed is lost. Mount to open. */
export function FormSheet(props: FormSheetProps) {
  const { save, onClose } = props
  const { placed = save.problem !== null && save.problem.errors.length > 0 } = props
  const guard = useUnsavedGuard(props.dirty)
  const formId = useId()
  const close = () => guard.ask(onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!save.saving) props.onSubmit()
  }
  return (
    <Sheet open>
      <SheetContent size={props.size} onRequestClose={close}>
        <SheetHeader title={props.title} description={props.description} />
        <SheetBody>
          <form
            id={formId}
            ref={save.form}
            noValidate
            onSubmit={submit}
            className="flex flex-col gap-6"
          >
            {placed ? null : <ProblemNotice problem={save.problem} title={props.problemTitle} />}
            {props.children}
          </form>
        </SheetBody>
        <SheetFooter>
          {props.footer}
          <Button onClick={close}>Cancel</Button>
          {props.submitLabel === null ? null : (
            <Button type="submit" form={formId} variant="primary" loading={save.saving}>
              {props.submitLabel}
            </Button>
          )}
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
      {props.dialogs}
    </Sheet>
  )
}
