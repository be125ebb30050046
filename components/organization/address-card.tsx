'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState } from 'react'
import { moveToAddress } from '@/app/[tenant]/settings/general/actions'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import { AddressPreview } from './address-preview'
import { ChangeAddressDialog } from './change-address-dialog'
import { type Availability, useAvailability } from './use-availability'

export type AddressCardProps = {
  tenant: string
  /** Such as https://fruxon.example. */
  origin: string
  slug: string
}

/** Where the organization is: its part of every link and API path. */
export function AddressCard({ tenant, origin, slug }: AddressCardProps) {
  const router = useRouter()
  const [wanted, setWanted] = useState(slug)
  const [asking, setAsking] = useState(false)
  const [moved, setMoved] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const dirty = wanted !== slug && !moved
  const guard = useUnsavedGuard(dirty)
  const availability = useAvailability(tenant, wanted, dirty)
  const reauthentication = useReauthentication(tenant)
  const error = errorAt(problem, '/slug') ?? complaintOf(availability)

  function change(next: string) {
    setWanted(next)
    setProblem(null)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (error) input.current?.focus()
    else setAsking(true)
  }
  async function move() {
    const outcome = await reauthentication.run(() =>
      attempt(() => moveToAddress(tenant, { slug: wanted })),
    )
    setProblem(outcome.ok ? null : outcome.problem)
    if (!outcome.ok) return
    setMoved(true)
    notify.success('Address changed', { description: 'Links with the old address lead here.' })
    router.replace(`/${outcome.data.slug}/settings/general`)
  }
  return (
    <>
      <form noValidate onSubmit={submit}>
        <SectionCard
          title="Address"
          description="The organization’s part of every link and API path."
          footer={
            <SaveFooter
              dirty={dirty}
              saving={false}
              saveLabel="Change address"
              onCancel={() => change(slug)}
              hint="Old addresses stay with the organization and lead to the present one."
            />
          }
        >
          <div className="flex flex-col gap-4">
            <Field label="Address" description={wordsOf(availability)} error={error}>
              <Input
                ref={input}
                name="slug"
                prefix={`${new URL(origin).host}/`}
                autoCapitalize="none"
                autoComplete="off"
                spellCheck={false}
                value={wanted}
                onChange={(event) => change(event.target.value.toLowerCase())}
              />
            </Field>
            <AddressPreview origin={origin} slug={wanted} />
            {errorAt(problem, '/slug') ? null : (
              <ProblemNotice problem={problem} title="The address was not changed" />
            )}
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
      <ChangeAddressDialog
        open={asking}
        onOpenChange={setAsking}
        origin={origin}
        before={slug}
        after={wanted}
        onConfirm={move}
      />
      {reauthentication.dialog}
    </>
  )
}

function complaintOf(availability: Availability | null): string | undefined {
  if (availability === 'taken') return 'This address is taken. Choose another.'
  return typeof availability === 'object' ? availability?.problem : undefined
}

function wordsOf(availability: Availability | null): string {
  if (availability === 'checking') return 'Checking…'
  if (availability === 'available') return 'This address is free.'
  if (availability === 'yours') return 'You had this address before, so it is yours.'
  return 'Lower-case letters, digits and single hyphens.'
}
