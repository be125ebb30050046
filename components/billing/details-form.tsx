'use client'

import { type FormEvent, useState } from 'react'
import { saveDetails } from '@/app/[tenant]/settings/billing/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { BillingDetails } from '@/lib/billing/schema'
import { AddressFields, type Country } from './address-fields'
import { type DetailsDraft, draftOf, inputOf, isSameDraft, tidied } from './details-draft'
import { EmailFields } from './email-fields'
import { TaxIdFields } from './tax-id-fields'

export type DetailsFormProps = {
  tenant: string
  /** Null where nobody has entered any. */
  details: BillingDetails | null
  countries: readonly Country[]
}

/** What a group of fields needs to know of the form. */
export type DetailsFieldsProps = {
  draft: DetailsDraft
  change: (part: Partial<DetailsDraft>) => void
  /** The server's complaint about a field, by its name. */
  errorOf: (name: string) => string | undefined
}

/** To whom invoices are made out and where they go: one form, which saves whole. */
export function DetailsForm({ tenant, details, countries }: DetailsFormProps) {
  const [stored, setStored] = useState(() => draftOf(details))
  const [draft, setDraft] = useState(stored)
  const save = useSave()
  const dirty = !isSameDraft(draft, stored)
  const guard = useUnsavedGuard(dirty)

  function change(part: Partial<DetailsDraft>) {
    setDraft((latest) => ({ ...latest, ...part }))
    save.touch()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    const sent = tidied(draft)
    setDraft(sent)
    save.run(
      () => saveDetails(tenant, inputOf(sent)),
      (kept) => {
        setStored(draftOf(kept))
        setDraft(draftOf(kept))
      },
    )
  }
  const fields: DetailsFieldsProps = {
    draft,
    change,
    errorOf: (name) => errorAt(save.problem, `/${name}`),
  }
  return (
    <>
      <form ref={save.form} noValidate onSubmit={submit}>
        <SectionCard
          title="Billing details"
          description="To whom invoices are made out, and where they go. Invoices that were issued keep what they say."
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={save.saved}
              onCancel={() => change(stored)}
              hint={dirty ? undefined : 'The next invoice names what is saved here.'}
            />
          }
        >
          <div className="flex flex-col gap-4">
            <EmailFields {...fields} />
            <Field label="Company" error={fields.errorOf('company')}>
              <Input
                name="company"
                autoComplete="organization"
                value={draft.company}
                onChange={({ target }) => change({ company: target.value })}
              />
            </Field>
            <AddressFields {...fields} countries={countries} />
            <TaxIdFields {...fields} />
            {save.problem && save.problem.errors.length === 0 ? (
              <ProblemNotice problem={save.problem} title="The details were not saved" />
            ) : null}
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
    </>
  )
}
