import { exactAmount } from '@/components/charts/amount'
import { costWords, tokenSums } from '@/components/execution/run-words'
import { DescriptionList } from '@/components/ui/description-list'
import type { Spent } from '@/lib/evaluation-metrics/judge'

export type SpentFactsProps = { spent: Spent }

/** What a verdict of a model used. */
export function SpentFacts({ spent: { tokens, cost } }: SpentFactsProps) {
  const { input, output } = tokenSums(tokens)
  const count = (tokens: number) => tokens.toLocaleString('en-US')
  return (
    <DescriptionList
      layout="columns"
      items={[
        { term: 'Tokens', detail: `${count(input)} in, ${count(output)} out` },
        {
          term: 'Cost',
          detail: (
            <span title={cost ? exactAmount('usd', cost.input + cost.output) : undefined}>
              {costWords(cost)}
            </span>
          ),
        },
      ]}
    />
  )
}
