'use client'

import { UserPlus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { replaceSearchParams } from '@/components/settings/search-params'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { Member, PendingInvitation } from '@/lib/team/model'
import { MemberTable } from './member-table'
import { PendingInvitations } from './pending-invitations'
import type { TeamFacts } from './team-facts'
import { useMemberActs } from './use-member-acts'

const InviteSheet = lazyOverlay(
  () => import('./invite-sheet').then((module) => module.InviteSheet),
  {
    close: (props) => props.onClose(),
  },
)
const openSheet = () => replaceSearchParams({ invite: '1' })
const closeSheet = () => replaceSearchParams({ invite: null })

export type TeamPanelProps = {
  members: readonly Member[]
  /** Null for those who may not manage the team. */
  invitations: readonly PendingInvitation[] | null
  facts: TeamFacts
  initialFilters: ListFilters
}

/** Who is in the organization, who is asked to join, and the ways to change it. */
export function TeamPanel({ members, invitations, facts, initialFilters }: TeamPanelProps) {
  const acts = useMemberActs(facts, members, invitations !== null)
  const inviting = useSearchParams().get('invite') === '1' && invitations !== null
  const refreshWhenClosed = useRefreshWhenClosed(inviting)
  /** Links made since this page was opened, by invitation: they are stored nowhere else. */
  const [links, setLinks] = useState<ReadonlyMap<string, string>>(new Map())
  const keepLinks = (made: readonly { invitationId: string; linkPath: string }[]) =>
    setLinks(
      (kept) => new Map([...kept, ...made.map((one) => [one.invitationId, one.linkPath] as const)]),
    )
  const alone = members.length === 1 && invitations?.length === 0
  const inviteButton = invitations ? (
    <Button variant="primary" onClick={openSheet} {...preloadOnIntent(InviteSheet.preload)}>
      <UserPlus aria-hidden />
      Invite people
    </Button>
  ) : null
  return (
    <>
      <MemberTable
        members={acts.members}
        acts={acts}
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
      {inviting ? (
        <InviteSheet
          facts={facts}
          members={members}
          invitations={invitations}
          onSent={(sent) => {
            keepLinks(sent)
            refreshWhenClosed()
          }}
          onClose={closeSheet}
        />
      ) : null}
      {acts.dialogs}
    </>
  )
}
