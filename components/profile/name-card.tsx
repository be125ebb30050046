'use client'

import { useRouter } from 'next/navigation'
import { saveDisplayName } from '@/app/[tenant]/settings/profile/actions'
import { FormCard } from '@/components/settings/form-card'
import { useTextForm } from '@/components/settings/use-text-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

export type NameCardProps = { tenant: string; profile: { displayName: string } }

/** What others read wherever the person does something. */
export function NameCard({ tenant, profile }: NameCardProps) {
  const router = useRouter()
  const form = useTextForm({ displayName: profile.displayName })
  function submit() {
    form.save.run(
      () => saveDisplayName(tenant, form.values),
      ({ displayName }) => {
        form.keep({ displayName })
        // The sidebar names the person too.
        router.refresh()
      },
    )
  }
  return (
    <FormCard
      form={form}
      title="Name"
      description="Shown in every organization that you belong to, and in their audit logs."
      hint="At most 80 characters."
      problemTitle="Your name was not changed"
      onSubmit={submit}
    >
      <Field label="Your name" error={form.errorOf('displayName')}>
        <Input {...form.bind('displayName')} autoComplete="name" />
      </Field>
    </FormCard>
  )
}
