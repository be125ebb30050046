import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'

export type ScopeDiffProps = {
  before: readonly string[]
  after: readonly string[]
  /** How one entry reads; the entry itself unless given. */
  renderEntry?: ((entry: string) => ReactNode) | undefined
}

/** What a change to a list adds, removes and keeps; sign and word, never colour alone. */
export function ScopeDiff({ before, after, renderEntry = (entry) => entry }: ScopeDiffProps) {
  const added = after.filter((entry) => !before.includes(entry))
  const removed = before.filter((entry) => !after.includes(entry))
  const kept = before.filter((entry) => after.includes(entry))
  if (added.length + removed.length === 0) {
    return <p className="text-muted text-sm">Nothing changes. {kept.length} kept.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      <DiffGroup kind="added" entries={added} renderEntry={renderEntry} />
      <DiffGroup kind="removed" entries={removed} renderEntry={renderEntry} />
      <DiffGroup kind="kept" entries={kept} renderEntry={renderEntry} />
    </div>
  )
}

const looks = {
  added: {
    word: 'Added',
    chip: 'border-success-line bg-success-soft text-success-text',
    icon: <Plus aria-hidden className="size-3" />,
  },
  removed: {
    word: 'Removed',
    chip: 'border-danger-line bg-danger-soft text-danger-text line-through decoration-1',
    icon: <Minus aria-hidden className="size-3" />,
  },
  kept: { word: 'Kept', chip: 'border-neutral-line bg-neutral-soft text-neutral-text', icon: null },
}

type DiffGroupProps = {
  kind: keyof typeof looks
  entries: readonly string[]
  renderEntry: (entry: string) => ReactNode
}

function DiffGroup({ kind, entries, renderEntry }: DiffGroupProps) {
  if (entries.length === 0) return null
  const { word, chip, icon } = looks[kind]
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-muted text-xs tabular-nums">
        {word} ({entries.length})
      </p>
      <ul className="flex flex-wrap gap-1.5">
        {entries.map((entry) => (
          <li
            key={entry}
            className={cn(
              'inline-flex min-h-5 items-center gap-1 rounded-sm border px-1.5 font-mono text-xs',
              chip,
            )}
          >
            {icon}
            {renderEntry(entry)}
          </li>
        ))}
      </ul>
    </div>
  )
}
