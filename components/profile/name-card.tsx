'use client'

import { useRouter } from 'next/navigation'
import { useActionState } from 'react'
import { saveDisplayName, sendDisplayName } from '@/app/[tenant]/settings/profile/actions'
import { FormCard } from '@/components/settings/form-card'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { useTextForm } from '@/components/settings/use-text-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

export type NameCardProps = { tenant: string; profile: { displayName: string } }

/** What others read wherever the person does something. */
export function NameCard({ tenant, profile }: NameCardProps) {
  const router = useRouter()
  const [sent, send] = useActionState(sendDisplayName, NOTHING_SENT)
  const form = useTextForm({ displayName: profile.displayName }, sent)
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
      send={send}
      hidden={{ tenant }}
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
