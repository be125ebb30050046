'use client'

import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CopyTextButton } from '@/components/ui/copy-text-button'
import { SheetBody, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { InviteOutcome } from '@/lib/team/model'
import type { TeamFacts } from './team-facts'

export type InviteResultsProps = {
  outcomes: readonly InviteOutcome[]
  facts: Pick<TeamFacts, 'publicUrl' | 'sendsEmail'>
  onClose: () => void
}

const WORDS: Record<InviteOutcome['outcome'], { label: string; tone: Tone }> = {
  invited: { label: 'Invited', tone: 'success' },
  replaced: { label: 'Invited again', tone: 'info' },
  'already-member': { label: 'Already a member', tone: 'neutral' },
}

/** What became of each address, with the links that are shown only now. */
export function InviteResults({ outcomes, facts, onClose }: InviteResultsProps) {
  const sent = outcomes.filter(({ outcome }) => outcome !== 'already-member').length
  return (
    <>
      <SheetHeader title={title(sent, facts.sendsEmail)} description="Links are good for 7 days." />
      <SheetBody className="flex flex-col gap-4">
        {sent > 0 ? (
          <Callout>
            {facts.sendsEmail
              ? 'You can also hand a link over yourself.'
              : 'This installation sends no e-mail: hand each link over yourself.'}{' '}
            Copy it here: it cannot be shown again, only replaced by inviting again.
          </Callout>
        ) : null}
        <ul
          aria-label="Results"
          className="divide-y divide-subtle rounded-lg border border-subtle bg-surface"
        >
          {outcomes.map((one) => (
            <li
              key={one.email}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2"
            >
              <span className="flex min-w-0 flex-1 basis-56 flex-wrap items-center gap-2">
                <span className="min-w-0 truncate text-ink">{one.email}</span>
                <Badge tone={WORDS[one.outcome].tone}>{WORDS[one.outcome].label}</Badge>
              </span>
              {one.outcome === 'already-member' ? null : (
                <CopyTextButton
                  size="sm"
                  value={new URL(one.linkPath, facts.publicUrl).href}
                  label="Copy link"
                />
              )}
            </li>
          ))}
        </ul>
      </SheetBody>
      <SheetFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </SheetFooter>
    </>
  )
}

function title(count: number, sent: boolean): string {
  if (count === 0) return 'Nobody new to invite'
  const done = sent ? 'sent' : 'made'
  return count === 1 ? `Invitation ${done}` : `${count} invitations ${done}`
}
