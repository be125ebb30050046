'use client'

import { useRouter } from 'next/navigation'
import { useActionState } from 'react'
import { saveOrganization, sendOrganization } from '@/app/[tenant]/settings/general/actions'
import { FormCard } from '@/components/settings/form-card'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { useTextForm } from '@/components/settings/use-text-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { type Identity, identityChange } from '@/lib/organization/model'

type Organization = { name: string; website: string | null }

export type IdentityCardProps = { tenant: string; organization: Organization }

const fieldsOf = ({ name, website }: Organization): Identity => ({ name, website: website ?? '' })

/** What the organization is called, and where it is on the web. */
export function IdentityCard({ tenant, organization }: IdentityCardProps) {
  const router = useRouter()
  const shown = fieldsOf(organization)
  const [sent, send] = useActionState(sendOrganization, NOTHING_SENT)
  const form = useTextForm(shown, sent)
  function submit() {
    const change = identityChange(form.stored, form.values)
    form.save.run(
      () => saveOrganization(tenant, change),
      (stored) => {
        form.keep(fieldsOf(stored))
        // The sidebar and the titles name the organization too.
        router.refresh()
      },
    )
  }
  return (
    <FormCard
      form={form}
      send={send}
      hidden={{ tenant, shownName: shown.name, shownWebsite: shown.website }}
      title="Name and website"
      description="Shown in the sidebar, in invitations and wherever people meet the organization."
      hint="Everybody sees a new name at once."
      problemTitle="The changes were not saved"
      onSubmit={submit}
    >
      <Field label="Name" error={form.errorOf('name')}>
        <Input {...form.bind('name')} autoComplete="organization" />
      </Field>
      <Field label="Website" optional error={form.errorOf('website')}>
        <Input
          {...form.bind('website')}
          type="url"
          inputMode="url"
          autoComplete="url"
          placeholder="https://example.com"
        />
      </Field>
    </FormCard>
  )
}
