import { SectionCard } from '@/components/settings/section-card'
import { StateBadge } from '@/components/tokens/state-badge'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/class-names'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import type { TokenSummary } from '@/lib/tokens/model'
import type { TokenDetail } from '@/lib/tokens/queries'

export type FamilyTimelineProps = { token: TokenDetail; tenant: string; now: number }

/** Every secret that this logical token had, newest first. */
export function FamilyTimeline({ token, tenant, now }: FamilyTimelineProps) {
  const rotations = token.family.length - 1
  return (
    <SectionCard
      title="Rotations"
      description={
        rotations === 0
          ? 'Never rotated. Rotation keeps name, history and activity, and replaces the secret.'
          : `${rotations === 1 ? '1 rotation' : `${rotations} rotations`}; history and activity belong to all of them together.`
      }
    >
      <ol className="flex flex-col">
        {token.family.map((member, index) => (
          <li key={member.id} className="relative flex gap-3 pb-4 last:pb-0">
            {index < rotations ? (
              <span aria-hidden className="absolute top-4 bottom-0 left-[5px] w-px bg-strong" />
            ) : null}
            <span
              aria-hidden
              className={cn(
                'mt-1.5 size-2.75 shrink-0 rounded-full border-2',
                member.id === token.id ? 'border-accent bg-accent' : 'border-control bg-surface',
              )}
            />
            <Member member={member} current={member.id === token.id} tenant={tenant} now={now} />
          </li>
        ))}
      </ol>
    </SectionCard>
  )
}

type MemberProps = { member: TokenSummary; current: boolean; tenant: string; now: number }

function Member({ member, current, tenant, now }: MemberProps) {
  const hint = `${member.displayPrefix}…${member.last4}`
  return (
    <div className="flex min-w-0 flex-col gap-0.5 text-sm">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {current ? (
          <code className="text-xs">{hint}</code>
        ) : (
          <TextLink
            href={`/${tenant}/settings/api-access/tokens/${member.id}`}
            className="font-mono text-xs"
          >
            {hint}
          </TextLink>
        )}
        {current ? <Badge tone="accent">This one</Badge> : null}
        <StateBadge
          state={member.state}
          reason={member.stateReason}
          expiresAt={member.effectiveExpiresAt}
          now={now}
        />
      </span>
      <span className="text-muted text-xs">
        Created <AbsoluteTime at={member.createdAt} dateOnly /> by {member.createdBy.label}
        {member.lastUsedAt === null ? (
          ', never used'
        ) : (
          <>
            , last used <RelativeTime at={member.lastUsedAt} now={now} />
          </>
        )}
      </span>
    </div>
  )
}
