'use client'

import { useRouter } from 'next/navigation'
import { askForDeletion } from '@/app/[tenant]/settings/general/actions'
import { DangerAct } from './danger-act'

export type DeleteOrganizationProps = { tenant: string; name: string; sendsEmail: boolean }

export function DeleteOrganization({ tenant, name, sendsEmail }: DeleteOrganizationProps) {
  const router = useRouter()
  return (
    <DangerAct
      tenant={tenant}
      label="Delete organization"
      title={`Delete ${name}?`}
      description={
        <>
          <p>
            {sendsEmail
              ? 'It ends in 14 days. Until then everything works, every admin is told by e-mail, and any of them can restore it here.'
              : 'It ends in 14 days. Until then everything works, and any admin can restore it here. This installation sends no e-mail: tell the others yourself.'}
          </p>
          <p>
            Then members lose it, every token stops, and its data and addresses are gone for good.
            Only the audit trail is kept, for the operator of this installation alone.
          </p>
        </>
      }
      phrase={name}
      problemTitle="The deletion was not started"
      act={() => askForDeletion(tenant, { confirmation: name })}
      onDone={() => router.refresh()}
    />
  )
}
