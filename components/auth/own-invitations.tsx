'use client'

import { useRouter } from 'next/navigation'
import { acceptOwn, declineOwn } from '@/app/(auth)/invitations/own-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { ROLE_FACTS } from '@/lib/access/roles'
import type { OwnInvitation } from '@/lib/team/pending'

/** Where somebody whose mailbox is proven is asked to join. */
export function OwnInvitations({ invitations }: { invitations: readonly OwnInvitation[] }) {
  if (invitations.length === 0) return null
  return (
    <ul aria-label="Invitations" className="flex flex-col gap-3">
      {invitations.map((invitation) => (
        <OwnInvitationItem key={invitation.organizationId} invitation={invitation} />
      ))}
    </ul>
  )
}

function OwnInvitationItem({ invitation }: { invitation: OwnInvitation }) {
  const router = useRouter()
  const acceptance = useSave()
  const refusal = useSave()
  const { organizationId, organizationName, organizationSlug, role } = invitation
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-subtle bg-surface p-4 text-sm">
      <p>
        You are invited to{' '}
        <strong className="break-words font-medium text-ink">{organizationName}</strong> as{' '}
        {ROLE_FACTS[role].label}.
      </p>
      <ProblemNotice
        problem={acceptance.problem ?? refusal.problem}
        title="Your answer did not get through"
      />
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          size="sm"
          loading={acceptance.saving}
          aria-label={`Accept the invitation to ${organizationName}`}
          onClick={() =>
            acceptance.run(
              () => acceptOwn({ organizationId }),
              () => window.location.assign(`/${organizationSlug}/settings`),
            )
          }
        >
          Accept
        </Button>
        <Button
          size="sm"
          loading={refusal.saving}
          aria-label={`Decline the invitation to ${organizationName}`}
          onClick={() =>
            refusal.run(
              () => declineOwn({ organizationId }),
              () => router.refresh(),
            )
          }
        >
          Decline
        </Button>
      </div>
    </li>
  )
}
