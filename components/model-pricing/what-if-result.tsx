import { amountText, exactAmount, percentChange } from '@/components/charts/amount'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { EmptyState } from '@/components/ui/empty-state'
import { KIND_WORDS } from '@/components/usage/usage-words'
import type { WhatIf } from '@/lib/usage/what-if'
import { counted, differenceText } from './own-price-words'
import { WhatIfTables } from './what-if-tables'

export type WhatIfResultProps = { result: WhatIf; target: { provider: string; model: string } }

/** What it was, what it would have been, and what had to be assumed. */
export function WhatIfResult({ result, target }: WhatIfResultProps) {
  if (result.calls === 0) {
    return (
      <EmptyState
        title="There is nothing to compare"
        description={
          result.leftOut === 0
            ? 'No calls were counted in these days. Choose a longer period, or other models and agents.'
            : `Counted were only calls of models that nobody has priced (${counted(result.leftOut, 'call')}). Set a price first, and correct what was counted.`
        }
      />
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <section
        aria-label="Comparison"
        className="rounded-lg border border-subtle bg-surface p-5 shadow-card"
      >
        <DescriptionList
          layout="columns"
          items={[
            { term: 'Calls', detail: result.calls.toLocaleString('en-US') },
            { term: 'Actual cost', detail: <Money nano={result.actual} /> },
            {
              term: `Estimate on ${target.model}`,
              detail: result.estimated === null ? 'Unknown' : <Money nano={result.estimated} />,
            },
            { term: 'Difference', detail: <strong>{difference(result)}</strong> },
          ]}
        />
      </section>
      <Assumptions result={result} target={target} />
      <WhatIfTables result={result} />
    </div>
  )
}

function Money({ nano }: { nano: bigint }) {
  return <span title={exactAmount('usd', nano)}>{amountText('usd', nano)}</span>
}

function difference({ actual, estimated }: WhatIf): string {
  if (estimated === null) return 'Unknown'
  const percent = percentChange(estimated, actual)
  const words = differenceText(estimated - actual)
  return percent === null
    ? words
    : `${words} (${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)}%)`
}

function Assumptions({ result, target }: WhatIfResultProps) {
  const { price, missing, assumes, leftOut } = result
  return (
    <Callout title="This is an estimate">
      <ul className="flex list-disc flex-col gap-1 pl-4">
        {price === null ? (
          <li>
            Nobody has said what {target.model} of {target.provider} costs now, so the estimate is
            unknown.
          </li>
        ) : (
          <li>By the price as it stands now, whatever it was on each day.</li>
        )}
        <li>Tokens stay as they were, reasoning too. Another model would use others.</li>
        {assumes.tier ? (
          <li>
            The price depends on the length of a call’s input. The average call of each agent and
            model decides; over all it has {result.averageInput.toLocaleString('en-US')} tokens.
          </li>
        ) : null}
        {assumes.windows ? (
          <li>
            The price differs in some hours of the day. All calls are priced as in the others.
          </li>
        ) : null}
        {price !== null && missing.length > 0 ? (
          <li>
            {target.model} has no price for what was used of:{' '}
            {missing.map((kind) => KIND_WORDS[kind].toLowerCase()).join(', ')}. That is unknown, not
            free.
          </li>
        ) : null}
        {leftOut > 0 ? (
          <li>
            Left out on both sides: {counted(leftOut, 'call')}, because on their day and model some
            had no price.
          </li>
        ) : null}
      </ul>
    </Callout>
  )
}
