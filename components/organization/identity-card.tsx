'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState } from 'react'
import { saveOrganization } from '@/app/[tenant]/settings/general/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { websiteOf } from '@/lib/organization/model'

export type IdentityCardProps = {
  tenant: string
  organization: { name: string; website: string | null }
}

/** What the organization is called, and where it is on the web. */
export function IdentityCard({ tenant, organization }: IdentityCardProps) {
  const router = useRouter()
  const [stored, setStored] = useState(organization)
  const [name, setName] = useState(stored.name)
  const [website, setWebsite] = useState(stored.website ?? '')
  const save = useSave()
  const form = useRef<HTMLFormElement>(null)
  const dirty = name !== stored.name || website !== (stored.website ?? '')
  const guard = useUnsavedGuard(dirty)
  const errors = {
    name: errorAt(save.problem, '/name'),
    website: errorAt(save.problem, '/website'),
  }

  function show(next: IdentityCardProps['organization']) {
    setName(next.name)
    setWebsite(next.website ?? '')
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    // What was not touched here is not sent: another admin may have changed it meanwhile.
    const change = {
      ...(name !== stored.name && { name }),
      ...(website !== (stored.website ?? '') && { website: websiteOf(website) }),
    }
    save.run(
      () => saveOrganization(tenant, change),
      (next) => {
        setStored(next)
        show(next)
        // The sidebar and the titles name the organization too.
        router.refresh()
      },
    )
  }
  return (
    <>
      <form ref={form} noValidate onSubmit={submit}>
        <SectionCard
          title="Name and website"
          description="Shown in the sidebar, in invitations and wherever people meet the organization."
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={save.saved}
              hint="Everybody sees a new name at once."
              onCancel={() => {
                show(stored)
                save.touch()
              }}
            />
          }
        >
          <div className="flex flex-col gap-4">
            <Field label="Name" error={errors.name}>
              <Input
                name="name"
                autoComplete="organization"
                value={name}
                onChange={(event) => {
                  setName(event.target.value)
                  save.touch()
                }}
              />
            </Field>
            <Field label="Website" optional error={errors.website}>
              <Input
                name="website"
                type="url"
                inputMode="url"
                autoComplete="url"
                placeholder="https://example.com"
                value={website}
                onChange={(event) => {
                  setWebsite(event.target.value)
                  save.touch()
                }}
              />
            </Field>
            {errors.name || errors.website ? null : (
              <ProblemNotice problem={save.problem} title="The changes were not saved" />
            )}
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
    </>
  )
}
