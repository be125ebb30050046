import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

export type MoreRowsProps = {
  noun: { one: string; many: string }
  total: number
  /** As useMorePages has it. */
  more: {
    items: readonly unknown[]
    failure: string | null
    loading: boolean
    loadMore: (() => void) | null
  }
}

/** How many of them are in sight, and the way to the rest. */
export function MoreRows({ noun, total, more }: MoreRowsProps) {
  const count = more.items.length === total ? `${total}` : `${more.items.length} of ${total}`
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
