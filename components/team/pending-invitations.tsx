'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { resend, withdraw } from '@/app/[tenant]/settings/team/actions'
import { attempt } from '@/components/settings/action-outcome'
import { SectionCard } from '@/components/settings/section-card'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyTextButton } from '@/components/ui/copy-text-button'
import { notify } from '@/components/ui/notify'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { ROLE_FACTS } from '@/lib/access/roles'
import type { PendingInvitation, SentInvitation } from '@/lib/team/model'
import type { TeamFacts } from './team-facts'

export type PendingInvitationsProps = {
  invitations: readonly PendingInvitation[]
  facts: TeamFacts
  /** Paths of links that were made since the page was opened, by invitation. */
  links: ReadonlyMap<string, string>
  onLink: (sent: SentInvitation) => void
}

/** Who has not answered yet. */
export function PendingInvitations({ invitations, facts, links, onLink }: PendingInvitationsProps) {
  const router = useRouter()
  const [asked, setAsked] = useState<PendingInvitation | null>(null)

  async function send({ id, email }: PendingInvitation) {
    const outcome = await attempt(() => resend(facts.tenant, { invitationId: id }))
    if (outcome.ok) {
      onLink(outcome.data)
      if (facts.sendsEmail) {
        notify.success(`Invitation sent to ${email} again`, {
          description: 'The earlier link has ended.',
        })
      } else {
        notify.success('New link made', {
          description: `Copy it and hand it over to ${email}. The earlier link has ended.`,
        })
      }
    } else {
      notify.error(facts.sendsEmail ? 'Nothing was sent' : 'No link was made', {
        description: outcome.problem.message,
      })
    }
    router.refresh()
  }

  async function end({ id, email }: PendingInvitation) {
    const outcome = await attempt(() => withdraw(facts.tenant, { invitationId: id }))
    if (outcome.ok) notify.success(`Invitation to ${email} withdrawn`)
    else notify.error('It was not withdrawn', { description: outcome.problem.message })
    router.refresh()
  }

  return (
    <SectionCard
      title="Pending invitations"
      description={
        facts.sendsEmail
          ? 'A link works once, for 7 days. Sending again makes a new one and ends the old.'
          : 'A link works once, for 7 days. A new one ends the old, and is yours to hand over.'
      }
      flush
    >
      <Table label="Invitations" framed={false}>
        <THead>
          <tr>
            <Th>Address</Th>
            <Th className="max-sm:hidden">Role</Th>
            <Th className="max-sm:hidden">Sent</Th>
            <Th className="max-sm:hidden">Expires</Th>
            <Th srOnly>Actions</Th>
          </tr>
        </THead>
        <TBody>
          {invitations.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              facts={facts}
              linkPath={links.get(invitation.id)}
              onResend={() => send(invitation)}
              onWithdraw={() => setAsked(invitation)}
            />
          ))}
        </TBody>
      </Table>
      <AlertDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Withdraw the invitation to ${asked?.email ?? ''}?`}
        description="Its link stops working at once. You can invite the address again at any time."
        confirmLabel="Withdraw invitation"
        onConfirm={() => asked && end(asked)}
      />
    </SectionCard>
  )
}

type InvitationRowProps = {
  invitation: PendingInvitation
  facts: TeamFacts
  linkPath: string | undefined
  onResend: () => Promise<void>
  onWithdraw: () => void
}

function InvitationRow(props: InvitationRowProps) {
  const { invitation, facts, linkPath, onResend, onWithdraw } = props
  const [sending, startTransition] = useTransition()
  const resendLabel = facts.sendsEmail ? 'Send again' : 'New link'
  const role = ROLE_FACTS[invitation.role].label
  const expiry = invitation.expired ? (
    <Badge tone="warning">Expired</Badge>
  ) : (
    <RelativeTime at={invitation.expiresAt} now={facts.now} />
  )
  return (
    <Tr>
      <Td>
        <span className="flex min-w-40 max-w-48 flex-col sm:min-w-44 sm:max-w-80">
          <span className="truncate text-ink" title={invitation.email}>
            {invitation.email}
          </span>
          <span className="truncate text-muted text-xs">by {invitation.invitedBy}</span>
          {/* On a phone the columns have no room beside what one does here. */}
          <span className="text-muted text-xs sm:hidden">
            {role}, {invitation.expired ? null : 'expires '}
            {expiry}
          </span>
        </span>
      </Td>
      <Td className="whitespace-nowrap max-sm:hidden">{role}</Td>
      <Td className="max-sm:hidden">
        <RelativeTime at={invitation.sentAt} now={facts.now} />
      </Td>
      <Td className="max-sm:hidden">{expiry}</Td>
      <Td align="right">
        <span className="inline-flex items-center gap-2 max-sm:flex-col max-sm:items-stretch">
          {linkPath ? (
            <CopyTextButton
              size="sm"
              value={new URL(linkPath, facts.publicUrl).href}
              label="Copy link"
            />
          ) : null}
          <Button
            size="sm"
            loading={sending}
            aria-label={`${resendLabel} ${facts.sendsEmail ? 'to' : 'for'} ${invitation.email}`}
            onClick={() => startTransition(onResend)}
          >
            {resendLabel}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Withdraw the invitation to ${invitation.email}`}
            onClick={onWithdraw}
          >
            Withdraw
          </Button>
        </span>
      </Td>
    </Tr>
  )
}
