import { AbsoluteTime } from '@/components/ui/relative-time'
import type { UsableInvitation } from '@/lib/team/model'

/** Who asks, to what, and as what. */
export function InvitationHeader({ invitation }: { invitation: UsableInvitation }) {
  const { organizationName, invitedBy, roleLabel, message, expiresAt } = invitation
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <h1 className="break-words font-semibold text-ink text-xl">Join {organizationName}</h1>
        <p className="text-muted text-sm">
          {invitedBy} invites you as <strong className="font-medium text-ink">{roleLabel}</strong>.
          The invitation is good until <AbsoluteTime at={expiresAt} dateOnly />.
        </p>
      </div>
      {message ? (
        <blockquote className="whitespace-pre-wrap break-words rounded-lg border border-subtle bg-inset px-3 py-2.5 text-ink text-sm">
          {message}
        </blockquote>
      ) : null}
    </div>
  )
}
