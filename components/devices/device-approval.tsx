'use client'

import { type FormEvent, useState, useTransition } from 'react'
import { approve, deny } from '@/app/(auth)/device/actions'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import {
  type ExpiryChoice,
  type ExpiryPolicy,
  expiryDays,
  expiryMoment,
  expiryProblem,
} from '@/components/tokens/form/expiry-choice'
import { ExpiryField } from '@/components/tokens/form/expiry-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import type { Scope } from '@/lib/access/scopes'
import type { PendingDevice } from '@/lib/device-authorization/model'
import { DeviceAccess } from './device-access'
import { DeviceDecided } from './device-decided'
import { DeviceFacts } from './device-facts'

/** Where the device could be signed in, and with how much. */
export type DeviceOrganization = {
  slug: string
  name: string
  roleLabel: string
  policy: ExpiryPolicy
  usualDays: number
  granted: readonly Scope[]
  /** What the device asked for and the role does not allow. */
  left: readonly Scope[]
  lacksSecondFactor: boolean
}

export type DeviceApprovalProps = {
  device: PendingDevice
  organizations: readonly DeviceOrganization[]
  email: string
  /** The server's clock, epoch ms. */
  now: number
}

/** Who asks, for what, where, for how long: then yes or no. */
export function DeviceApproval({ device, organizations, email, now }: DeviceApprovalProps) {
  const [slug, setSlug] = useState(organizations[0]?.slug ?? '')
  const place = organizations.find((one) => one.slug === slug) ?? organizations[0]
  const [chosen, setChosen] = useState<ExpiryChoice | null>(null)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [decided, setDecided] = useState<'approved' | 'denied' | null>(null)
  const [busy, startTransition] = useTransition()
  const { run, dialog } = useReauthentication(slug)
  if (!place) return null
  if (decided) return <DeviceDecided device={device} place={place} decided={decided} />

  const expiry = chosen ?? { kind: 'days', days: place.usualDays }
  const expiryFault = expiryProblem(expiry, place.policy, now)
  const cannot = place.lacksSecondFactor || place.granted.length === 0

  function answer(event: FormEvent) {
    event.preventDefault()
    if (busy || !place || expiryFault || cannot) return
    startTransition(async () => {
      const outcome = await run(() =>
        attempt(() =>
          approve(place.slug, {
            userCode: device.userCode,
            preset: device.requestedPreset,
            scopes: [...place.granted],
            expirationDays: expiryDays(expiry, now) ?? null,
          }),
        ),
      )
      setProblem(outcome.ok ? null : outcome.problem)
      if (outcome.ok) setDecided('approved')
    })
  }
  function turnAway() {
    if (busy || !place) return
    startTransition(async () => {
      const outcome = await attempt(() => deny(place.slug, { userCode: device.userCode }))
      setProblem(outcome.ok ? null : outcome.problem)
      if (outcome.ok) setDecided('denied')
    })
  }

  return (
    // Pressed before the scripts are there, it only shows this page again.
    <form method="get" action="/device" onSubmit={answer} className="flex flex-col gap-5">
      <input type="hidden" name="user_code" value={device.userCode} />
      <DeviceFacts device={device} email={email} />
      <ProblemNotice problem={problem} title="The device was not signed in" />
      <OrganizationField organizations={organizations} value={slug} onChange={setSlug} />
      {cannot ? (
        <Callout tone="danger" title={`Not possible in ${place.name}`}>
          {place.lacksSecondFactor
            ? 'It wants a second factor of every member: set one up in your profile first.'
            : `As ${place.roleLabel} you have nothing of what this device asks for.`}
        </Callout>
      ) : (
        <>
          <DeviceAccess
            preset={device.requestedPreset}
            place={place}
            expiresAt={expiryMoment(expiry, now)}
          />
          <ExpiryField
            label="Signs in for"
            value={expiry}
            onChange={setChosen}
            policy={place.policy}
            now={now}
            error={expiryFault ?? errorAt(problem, '/expirationDays')}
          />
        </>
      )}
      <div className="flex flex-wrap gap-2 border-subtle border-t pt-5">
        <Button type="submit" variant="primary" loading={busy} disabled={cannot}>
          Approve
        </Button>
        <Button type="button" variant="danger-outline" onClick={turnAway} disabled={busy}>
          Deny
        </Button>
      </div>
      <noscript>
        <p className="text-muted text-sm">
          Approving needs JavaScript: switch it on for this page.
        </p>
      </noscript>
      {dialog}
    </form>
  )
}

type OrganizationFieldProps = {
  organizations: readonly DeviceOrganization[]
  value: string
  onChange: (slug: string) => void
}

function OrganizationField({ organizations, value, onChange }: OrganizationFieldProps) {
  const [only] = organizations
  if (organizations.length === 1 && only) {
    return (
      <p className="text-sm">
        <span className="text-muted">In the organization </span>
        <strong className="break-words font-medium text-ink">{only.name}</strong>
      </p>
    )
  }
  return (
    <Field label="Organization">
      <NativeSelect value={value} onChange={(event) => onChange(event.target.value)}>
        {organizations.map(({ slug, name, roleLabel }) => (
          <option key={slug} value={slug}>
            {name} ({roleLabel})
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}
