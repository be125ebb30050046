import type { ReactNode } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { DeleteOrganization } from './delete-organization'
import { HandOver } from './hand-over'
import { LeaveOrganization } from './leave-organization'

export type DangerZoneProps = {
  tenant: string
  organization: { name: string; deletesAt: number | null }
  mayDelete: boolean
  sendsEmail: boolean
}

/** What is hard to take back; last on the page. */
export function DangerZone({ tenant, organization, mayDelete, sendsEmail }: DangerZoneProps) {
  const offersDeletion = mayDelete && organization.deletesAt === null
  return (
    <SectionCard title="Danger zone" tone="danger" flush>
      <div className="divide-y divide-subtle">
        <Act
          title="Leave this organization"
          description="You lose access, and your personal tokens here stop at once. Service accounts that you made stay."
        >
          <LeaveOrganization tenant={tenant} name={organization.name} />
        </Act>
        {mayDelete ? (
          <Act
            title="Hand over admin duty"
            description="A member you choose becomes an admin in your place."
          >
            <HandOver tenant={tenant} name={organization.name} />
          </Act>
        ) : null}
        {offersDeletion ? (
          <Act
            title="Delete this organization"
            description="After 14 days, members, tokens, service accounts, activity and addresses are gone for good. Until then any admin can restore it."
          >
            <DeleteOrganization tenant={tenant} name={organization.name} sendsEmail={sendsEmail} />
          </Act>
        ) : null}
      </div>
    </SectionCard>
  )
}

function Act(props: { title: string; description: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="flex min-w-0 max-w-md flex-col gap-1">
        <h3 className="font-medium text-ink text-sm">{props.title}</h3>
        <p className="text-muted text-sm">{props.description}</p>
      </div>
      {props.children}
    </div>
  )
}
