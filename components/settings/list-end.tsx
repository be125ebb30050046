import { Button } from '@/components/ui/button'

export type ListEndProps = {
  noun: { one: string; many: string }
  shown: number
  matching: number
  previous: (() => void) | null
  next: (() => void) | null
}

/** How many there are, and the way to those that are not in sight. */
export function ListEnd({ noun, shown, matching, previous, next }: ListEndProps) {
  const total = matching.toLocaleString('en-US')
  const count = shown === matching ? total : `${shown} of ${total}`
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
      <output className="text-muted text-sm tabular-nums">
        {count} {matching === 1 ? noun.one : noun.many}
      </output>
      {previous || next ? (
        <div className="flex gap-2">
          <Button aria-disabled={previous === null || undefined} onClick={() => previous?.()}>
            Previous
          </Button>
          <Button aria-disabled={next === null || undefined} onClick={() => next?.()}>
            Next
          </Button>
        </div>
      ) : null}
    </div>
  )
}
