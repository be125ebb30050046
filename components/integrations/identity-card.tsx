'use client'

import { useRouter } from 'next/navigation'
import { changeIntegration } from '@/app/[tenant]/settings/integrations/actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useTextForm } from '@/components/settings/use-text-form'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { Integration } from '@/lib/integrations/model'

export type IdentityCardProps = { tenant: string; integration: Integration }

/** What people call the integration, and what it is for. */
export function IdentityCard({ tenant, integration }: IdentityCardProps) {
  const router = useRouter()
  const form = useTextForm({
    displayName: integration.displayName,
    description: integration.description,
  })
  const guard = useUnsavedGuard(form.dirty)
  const { save, values, stored } = form
  const atField = (['displayName', 'description'] as const).some(form.errorOf)
  function submit() {
    // Only what differs is sent, so that nobody's other change is undone.
    const change = {
      ...(values.displayName === stored.displayName ? {} : { displayName: values.displayName }),
      ...(values.description === stored.description ? {} : { description: values.description }),
    }
    save.run(
      () => changeIntegration(tenant, { integration: integration.id, ...change }),
      ({ displayName, description }) => {
        form.keep({ displayName, description })
        router.refresh()
      },
    )
  }
  return (
    <form
      ref={save.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <SectionCard
        title="Name and description"
        description="Clients show the name. The id, and with it every URL, stays as it is."
        footer={
          <SaveFooter
            dirty={form.dirty}
            saving={save.saving}
            saved={save.saved}
            onCancel={form.reset}
            hint="URLs and clients go on by the id."
          />
        }
      >
        <div className="flex flex-col gap-4">
          {atField ? null : (
            <ProblemNotice problem={save.problem} title="The integration was not changed" />
          )}
          <Field label="Name" error={form.errorOf('displayName')}>
            <Input {...form.bind('displayName')} autoComplete="off" />
          </Field>
          <Field label="Description" optional error={form.errorOf('description')}>
            <Textarea {...form.bind('description')} />
          </Field>
        </div>
      </SectionCard>
      {guard.dialog}
    </form>
  )
}
