'use client'

import { leave } from '@/app/[tenant]/settings/general/actions'
import { DangerAct } from './danger-act'

export type LeaveOrganizationProps = { tenant: string; name: string }

export function LeaveOrganization({ tenant, name }: LeaveOrganizationProps) {
  async function act() {
    const outcome = await leave(tenant, {})
    if (!outcome.ok) return outcome
    // A whole new page: nothing of the organization may stay in the browser's memory. Busy until it is there.
    window.location.assign('/')
    return new Promise<typeof outcome>(() => undefined)
  }
  return (
    <DangerAct
      tenant={tenant}
      label="Leave organization"
      title={`Leave ${name}?`}
      description="You lose access at once, and your personal tokens of this organization stop. Only an admin can let you in again."
      problemTitle="You have not left"
      act={act}
    />
  )
}
