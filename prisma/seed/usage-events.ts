import { DAY_MS } from '@/lib/tokens/model'
import { disjoint, NO_TOKENS, type UsageEvent } from '@/lib/usage/usage-event'
import { type Dice, diceOf, weighted } from '@/prisma/seed/dice'
import type { DemoAgent } from '@/prisma/seed/usage-agents'
import { drawTokens } from '@/prisma/seed/usage-calls'

export const USAGE_DAYS = 60
const HOUR_MS = 3_600_000
/** What there was sixty days ago, of what there is now. */
const FIRST_LEVEL = 0.55
/** A loop that called the largest model again and again: on the last working day that was so many days ago. */
const ANOMALY = { daysAgo: 2, agent: 'code-review', times: 3.2 }

/**
 * What the agent used on each of the last sixty days up to now: less in the beginning, little on weekends, and
 * one day far too much. The same for the same organization and day, whenever it is drawn.
 */
export function eventsOf(slug: string, agent: DemoAgent, now: number): UsageEvent[] {
  const events: UsageEvent[] = []
  const today = Math.floor(now / DAY_MS)
  let anomaly = today - ANOMALY.daysAgo
  while (isWeekend(anomaly)) anomaly--
  for (let ago = Math.min(USAGE_DAYS, agent.revisionsAgo[0]); ago >= 0; ago--) {
    events.push(...eventsOfDay(slug, agent, { day: today - ago, ago, anomaly }))
  }
  return events.filter(({ occurredAt }) => occurredAt < now)
}

function eventsOfDay(
  slug: string,
  agent: DemoAgent,
  { day, ago, anomaly }: { day: number; ago: number; anomaly: number },
): UsageEvent[] {
  const dice = diceOf(`${slug}/${agent.agent}/${day}`)
  const isAnomaly = day === anomaly && agent.agent === ANOMALY.agent
  const calls = Math.round(
    agent.callsPerDay * levelOf(agent, day, ago) * (isAnomaly ? ANOMALY.times : 1),
  )
  const events: UsageEvent[] = []
  for (let number = 0; number < calls; number++) {
    const source = `demo/${slug}/${agent.agent}`
    const isTest = dice() * 100 < agent.testsPercent
    const common = {
      source,
      occurredAt: day * DAY_MS + momentOfDay(agent.hours, dice),
      origin: isTest ? ('TEST' as const) : ('PRODUCTION' as const),
      agent: agent.agent,
      revision: String(agent.revisionsAgo.filter((since) => since >= ago).length),
      environment: isTest ? 'staging' : 'production',
    }
    // The largest model is the last of the list.
    const model = (isAnomaly && agent.models.at(-1)) || weighted(agent.models, dice)
    events.push({
      ...common,
      kind: 'MODEL_CALL',
      id: `${day}-${number}`,
      provider: model.provider,
      model: model.model,
      tokens: disjoint(drawTokens(model, dice)),
    })
    if (number % agent.callsInRun === 0) {
      const run = { provider: '', model: '', tokens: NO_TOKENS }
      events.push({ ...common, ...run, kind: 'EXECUTION', id: `${day}-${number}-run` })
    }
  }
  return events
}

/** Of a working day of today: growth, weekends, and some chance. */
function levelOf(agent: DemoAgent, day: number, ago: number): number {
  const growth = 1 - (1 - FIRST_LEVEL) * (ago / USAGE_DAYS)
  const weekend = agent.hours === 'office' ? 0.08 : 0.55
  const chance = 0.9 + diceOf(`${agent.agent}${day}`)() * 0.2
  return growth * (isWeekend(day) ? weekend : 1) * chance
}

/** @param day since 1970 */
function isWeekend(day: number): boolean {
  const weekday = new Date(day * DAY_MS).getUTCDay()
  return weekday === 0 || weekday === 6
}

function momentOfDay(hours: DemoAgent['hours'], dice: Dice): number {
  const hour = {
    night: () => 2 + dice() * 1.5,
    // Two dice make the middle of the working day the busiest.
    office: () => 7 + (dice() + dice()) * 5,
    always: () => (dice() < 0.7 ? 6 + (dice() + dice()) * 7 : dice() * 24),
  }[hours]()
  return Math.floor(hour * HOUR_MS)
}
