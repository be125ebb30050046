import { Button } from '@/components/ui/button'

export type TableEndProps = {
  shown: number
  matching: number
  previous: (() => void) | null
  next: (() => void) | null
}

/** How many members there are, and the way to those who are not in sight. */
export function TableEnd({ shown, matching, previous, next }: TableEndProps) {
  const total = matching.toLocaleString('en-US')
  const count = shown === matching ? total : `${shown} of ${total}`
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
      <output className="text-muted text-sm tabular-nums">
        {count} {matching === 1 ? 'member' : 'members'}
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
