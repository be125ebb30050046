import { amountText, exactAmount } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { TextLink } from '@/components/ui/text-link'
import { dayRange } from '@/lib/local-date'
import type { Comparison } from '@/lib/usage/comparison'
import type { Contributor } from '@/lib/usage/contributors'
import { type AgentNames, nameText } from './usage-words'

const SHOWN = 6

export type ContributorsCardProps = {
  contributors: readonly Contributor[]
  comparison: Comparison | null
  agents: AgentNames
  base: string
}

/** Who spends the money: agents on models, with what each adds to or saves against the days before. */
export function ContributorsCard({
  contributors,
  comparison,
  agents,
  base,
}: ContributorsCardProps) {
  const total = contributors.reduce((sum, { cost }) => sum + cost, 0n)
  if (!comparison || total === 0n) return null
  const shown = contributors.slice(0, SHOWN)
  const rest = contributors.slice(SHOWN).reduce((sum, { cost }) => sum + cost, 0n)
  return (
    <SectionCard
      title="What is eating the budget"
      description={`Agents on models, ${dayRange(comparison.now)}, each compared with ${dayRange(comparison.before)}.`}
    >
      <ol className="flex flex-col gap-3">
        {shown.map((one) => (
          <li key={`${one.agent}\u0000${one.provider}\u0000${one.model}`}>
            <ContributorRow
              one={one}
              total={total}
              base={base}
              comparison={comparison}
              agents={agents}
            />
          </li>
        ))}
      </ol>
      {rest > 0n ? (
        <p className="mt-3 text-muted text-sm tabular-nums">
          {contributors.length - SHOWN} more cost {amountText('usd', rest)} together.
        </p>
      ) : null}
    </SectionCard>
  )
}

type RowProps = {
  one: Contributor
  total: bigint
  base: string
  comparison: Comparison
  agents: AgentNames
}

function ContributorRow({ one, total, base, comparison, agents }: RowProps) {
  const share = (Number(one.cost) / Number(total)) * 100
  const words = `${nameText('agent', one.agent, agents)} on ${one.model}`
  const query = new URLSearchParams({
    tab: 'events',
    from: new Date(comparison.now.from).toISOString().slice(0, 10),
    to: new Date(comparison.now.to - 1).toISOString().slice(0, 10),
    model: one.model,
    agent: one.agent,
  })
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap justify-between gap-x-4 text-sm">
        <TextLink href={`${base}?${query}`} title={one.agent} prefetch={false}>
          {words}
        </TextLink>
        <span className="text-muted tabular-nums">
          <span title={exactAmount('usd', one.cost)} className="text-ink">
            {amountText('usd', one.cost)}
          </span>{' '}
          · {share.toFixed(0)}% · {differenceText(one.cost - one.before, one.before)}
        </span>
      </div>
      <ProgressBar
        label={`Share of ${words}`}
        value={share}
        valueText={`${share.toFixed(0)}% of the cost`}
        className="h-1.5"
      />
    </div>
  )
}

function differenceText(difference: bigint, before: bigint): string {
  if (before === 0n) return 'new'
  if (difference === 0n) return 'as before'
  const size = amountText('usd', difference < 0n ? -difference : difference)
  return `${size} ${difference > 0n ? 'more' : 'less'}`
}
