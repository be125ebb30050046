'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { preloadOnIntent } from '@/components/ui/preload'
import type { Member, PendingInvitation } from '@/lib/team/model'
import { InviteHost, openInviteSheet, preloadInviteSheet } from './invite-host'
import { MemberTable } from './member-table'
import { PendingInvitations } from './pending-invitations'
import type { TeamFacts } from './team-facts'
import { useMemberActs } from './use-member-acts'

export type TeamPanelProps = {
  members: readonly Member[]
  /** Null for those who may not manage the team. */
  invitations: readonly PendingInvitation[] | null
  facts: TeamFacts
  initialFilters: ListFilters
}

/** Who is in the organization, who is asked to join, and the ways to change it. */
export function TeamPanel({ members, invitations, facts, initialFilters }: TeamPanelProps) {
  const { dialogs, ...acting } = useMemberActs(facts, members, invitations !== null)
  /** Links made since this page was opened, by invitation: they are stored nowhere else. */
  const [links, setLinks] = useState<ReadonlyMap<string, string>>(new Map())
  const keepLinks = (made: readonly { invitationId: string; linkPath: string }[]) =>
    setLinks(
      (kept) => new Map([...kept, ...made.map((one) => [one.invitationId, one.linkPath] as const)]),
    )
  const alone = members.length === 1 && invitations?.length === 0
  const inviteButton = invitations ? (
    <Button variant="primary" onClick={openInviteSheet} {...preloadOnIntent(preloadInviteSheet)}>
      <UserPlus aria-hidden />
      Invite people
    </Button>
  ) : null
  return (
    <>
      <MemberTable
        {...acting}
        now={facts.now}
        initialFilters={initialFilters}
        actions={alone ? null : inviteButton}
      />
      {alone ? (
        <EmptyState
          icon={<UserPlus />}
          title="Invite your team"
          description="You are the only one here. Paste the addresses of your colleagues and choose what they may do; each gets a link that is good for 7 days."
          actions={inviteButton}
        />
      ) : null}
      {invitations && invitations.length > 0 ? (
        <PendingInvitations
          invitations={invitations}
          facts={facts}
          links={links}
          onLink={(sent) => keepLinks([sent])}
        />
      ) : null}
      {invitations ? (
        <InviteHost facts={facts} members={members} invitations={invitations} onSent={keepLinks} />
      ) : null}
      {dialogs}
    </>
  )
}
