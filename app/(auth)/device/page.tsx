import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentSession } from '@/app/_session/current-session'
import { requestFacts } from '@/app/_session/request-facts'
import { DeviceApproval, type DeviceApprovalProps } from '@/components/devices/device-approval'
import { DeviceCodeForm } from '@/components/devices/device-code-form'
import { devicePreset } from '@/lib/access/device-presets'
import { ROLE_FACTS } from '@/lib/access/roles'
import { type ActiveSession, lacksSecondFactor } from '@/lib/auth/sessions'
import { lookUpDevice } from '@/lib/device-authorization/decide'
import { type PendingDevice, usualDays, withinReach } from '@/lib/device-authorization/model'
import { isDomainError } from '@/lib/errors'
import { runtime } from '@/lib/runtime'

export const metadata: Metadata = {
  title: 'Sign a device in',
  referrer: 'strict-origin',
  robots: { index: false, follow: false },
}

type DevicePageProps = { searchParams: Promise<{ user_code?: string | string[] }> }

/** Where the code of a device is typed or brought by its link, and the device approved (RFC 8628). */
export default async function DevicePage({ searchParams }: DevicePageProps) {
  const { user_code } = await searchParams
  const code = typeof user_code === 'string' ? user_code.trim().slice(0, 64) : ''
  const session = await currentSession()
  if (!session) redirect(`/sign-in?returnTo=${encodeURIComponent(addressWith(code))}`)
  if (session.memberships.length === 0) redirect('/')
  if (code === '') return <DeviceCodeForm code="" problem={null} />
  const found = await deviceBehind(session, code)
  if ('problem' in found) return <DeviceCodeForm code={code} problem={found.problem} />
  return (
    <DeviceApproval
      key={found.device.userCode}
      device={found.device}
      organizations={organizationsFor(session, found.device)}
      email={session.email}
      now={session.now}
    />
  )
}

function addressWith(code: string): string {
  return code === '' ? '/device' : `/device?user_code=${encodeURIComponent(code)}`
}

async function deviceBehind(
  session: ActiveSession,
  code: string,
): Promise<{ device: PendingDevice } | { problem: string }> {
  const { db, userCodeThrottle: throttle } = runtime()
  const { ip } = await requestFacts()
  try {
    return { device: await lookUpDevice({ db, throttle, person: session, ip }, code) }
  } catch (error) {
    if (isDomainError(error)) return { problem: error.message }
    throw error
  }
}

function organizationsFor(
  session: ActiveSession,
  device: PendingDevice,
): DeviceApprovalProps['organizations'] {
  const asked = devicePreset(device.requestedPreset).scopes
  return session.memberships.map(({ organization, role }) => {
    const { slug, name, policy } = organization
    const { label, scopes } = ROLE_FACTS[role]
    return {
      slug,
      name,
      roleLabel: label,
      policy,
      usualDays: usualDays(policy),
      ...withinReach(asked, scopes),
      lacksSecondFactor: lacksSecondFactor(session, organization.id),
    }
  })
}
