import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import type { Collaborator } from '@/lib/agents/model'

export type CollaboratorRowProps = {
  collaborator: Collaborator
  isYou: boolean
  /** What they have, and what can be done about it. */
  children: ReactNode
}

export function CollaboratorRow({ collaborator, isYou, children }: CollaboratorRowProps) {
  const { userId, displayName, email, avatarId } = collaborator
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3">
      <Avatar name={displayName} seed={userId} pictureId={avatarId} />
      <span className="flex min-w-40 flex-1 flex-col">
        <span className="truncate font-medium text-ink text-sm">
          {displayName}
          {isYou ? <span className="text-muted"> (you)</span> : null}
        </span>
        <span className="truncate text-muted text-xs">{email}</span>
      </span>
      <span className="flex items-center gap-2 max-sm:w-full max-sm:justify-end">{children}</span>
    </li>
  )
}
