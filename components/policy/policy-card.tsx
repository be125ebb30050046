'use client'

import type { ReactNode } from 'react'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Callout } from '@/components/ui/callout'
import { RefusedTokensDialog } from './refused-tokens-dialog'
import type { PolicySave } from './use-policy-save'

export type PolicyCardProps = {
  title: string
  description: string
  hint: string
  tenant: string
  now: number
  dirty: boolean
  save: PolicySave
  /** Returns true where the form may be sent; otherwise it shows why not. */
  validate?: (() => boolean) | undefined
  onCancel: () => void
  children: ReactNode
}

/** One rule of the policy; saves alone. */
export function PolicyCard({
  title,
  description,
  hint,
  tenant,
  now,
  dirty,
  save,
  validate = () => true,
  onCancel,
  children,
}: PolicyCardProps) {
  const guard = useUnsavedGuard(dirty)
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (validate()) save.submit()
        }}
      >
        <SectionCard
          title={title}
          description={description}
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={save.saved}
              onCancel={onCancel}
              hint={hint}
            />
          }
        >
          <div className="flex flex-col gap-4">
            {children}
            {save.problem ? (
              <Callout tone="danger" live title="The policy was not saved">
                {save.problem.message}
              </Callout>
            ) : null}
          </div>
        </SectionCard>
      </form>
      {/* Outside the form: what is submitted in a dialog bubbles to the form that it is rendered in. */}
      {guard.dialog}
      <RefusedTokensDialog tenant={tenant} now={now} save={save} />
      {save.reauthenticationDialog}
    </>
  )
}
