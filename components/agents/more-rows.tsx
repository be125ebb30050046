import { countWords } from '@/components/settings/count-words'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

export type MoreRowsProps = {
  noun: { one: string; many: string }
  total: number
  /** Where counting ends: there may be more. */
  countedTo?: number | undefined
  /** As useMorePages has it. */
  more: {
    items: readonly unknown[]
    failure: string | null
    loading: boolean
    loadMore: (() => void) | null
  }
}

/** How many of them are in sight, and the way to the rest. */
export function MoreRows({ noun, total, countedTo, more }: MoreRowsProps) {
  const words = countWords(total, countedTo)
  const count = more.loadMore
    ? `${countWords(more.items.length)} of ${words}`
    : countWords(more.items.length)
  return (
    <>
      {more.failure ? (
        <Callout tone="danger" live>
          {more.failure}
        </Callout>
      ) : null}
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
        <output className="text-muted text-sm tabular-nums">
          {count} {total === 1 ? noun.one : noun.many}
        </output>
        {more.loadMore ? (
          <Button onClick={more.loadMore} loading={more.loading}>
            Load more
          </Button>
        ) : null}
      </div>
    </>
  )
}
