import { Cog, TriangleAlert } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import type { AuditEvent } from '@/lib/audit/events'

export type ActorNameProps = { event: Pick<AuditEvent, 'actor' | 'eventType'> }

/** Who did it. A dead secret proves nobody's identity, so its bearer stays unnamed. */
export function ActorName({ event: { actor, eventType } }: ActorNameProps) {
  const unproven = eventType === 'USED_WHILE_REVOKED' && actor.type === 'SYSTEM'
  const label = unproven ? 'Unknown caller' : actor.label
  return (
    <span className="flex min-w-0 items-center gap-2">
      {actor.type === 'SYSTEM' ? (
        <span
          aria-hidden
          className="grid size-6 shrink-0 place-items-center rounded-md bg-neutral-soft text-muted [&_svg]:size-3.5"
        >
          {unproven ? <TriangleAlert /> : <Cog />}
        </span>
      ) : (
        <Avatar
          size="sm"
          name={label}
          seed={actor.id ?? label}
          shape={actor.type === 'SERVICE_ACCOUNT' ? 'square' : 'round'}
        />
      )}
      <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
    </span>
  )
}
