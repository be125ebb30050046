import { TriangleAlert } from 'lucide-react'
import { amountText } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { TextLink } from '@/components/ui/text-link'
import type { UnusualUsage } from '@/lib/usage/contributors'
import { dayText } from './usage-view'
import { type AgentNames, nameText, spanTitle } from './usage-words'

export type UnusualCardProps = {
  days: readonly UnusualUsage[]
  agents: AgentNames
  base: string
}

/** Days of the last week that cost far more than such a weekday does, and why. Nothing where none did. */
export function UnusualCard({ days, agents, base }: UnusualCardProps) {
  if (days.length === 0) return null
  return (
    <SectionCard
      title="Unusual in the last 7 days"
      description="A model's day is unusual when it costs far more than the same weekday in the four weeks before."
    >
      <ul className="flex flex-col gap-4">
        {days.map((one) => (
          <li key={`${one.day}${one.provider}${one.model}`} className="flex gap-2.5 text-sm">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning-text" />
            <div className="flex min-w-0 flex-col gap-0.5">
              <p className="text-ink">
                <TextLink href={`${base}?${eventsQuery(one)}`} prefetch={false}>
                  {one.model}, {spanTitle(one.day, 'DAY')}
                </TextLink>
                : {amountText('usd', one.cost)},{' '}
                {one.usual === 0n ? (
                  'never used on this weekday in those weeks'
                ) : (
                  <>
                    {(Number(one.cost) / Number(one.usual)).toFixed(1)} times the usual{' '}
                    {amountText('usd', one.usual)}
                  </>
                )}
                .
              </p>
              <p className="text-muted">{reasonText(one, agents)}</p>
            </div>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function reasonText(one: UnusualUsage, agents: AgentNames): string {
  const named = one.agents.map(
    ({ agent, cost, usual }) =>
      `${nameText('agent', agent, agents)} (${amountText('usd', cost)}, usually ${amountText('usd', usual)})`,
  )
  return named.length === 0 ? '' : `Because of ${new Intl.ListFormat('en-US').format(named)}.`
}

function eventsQuery({ day, model }: UnusualUsage): string {
  return new URLSearchParams({
    tab: 'events',
    from: dayText(day),
    to: dayText(day),
    model,
  }).toString()
}
