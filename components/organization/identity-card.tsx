'use client'

import { useRouter } from 'next/navigation'
import { saveOrganization } from '@/app/[tenant]/settings/general/actions'
import { FormCard } from '@/components/settings/form-card'
import { useTextForm } from '@/components/settings/use-text-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { websiteOf } from '@/lib/organization/model'

type Identity = { name: string; website: string | null }

export type IdentityCardProps = { tenant: string; organization: Identity }

const fieldsOf = ({ name, website }: Identity) => ({ name, website: website ?? '' })

/** What the organization is called, and where it is on the web. */
export function IdentityCard({ tenant, organization }: IdentityCardProps) {
  const router = useRouter()
  const form = useTextForm(fieldsOf(organization))
  function submit() {
    const { name, website } = form.values
    // What was not touched here is not sent: another admin may have changed it meanwhile.
    const change = {
      ...(form.changed('name') && { name }),
      ...(form.changed('website') && { website: websiteOf(website) }),
    }
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
