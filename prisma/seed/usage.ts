import type { TokenPrincipal } from '@/lib/access/principal'
import { addRequests, sumRequests } from '@/lib/activity/request-sums'
import { writeUseByDay } from '@/lib/activity/store'
import type { Context, OrganizationContext } from '@/lib/context'
import { readCatalogue } from '@/lib/model-pricing/catalogue'
import { PriceBooks } from '@/lib/model-pricing/price-books'
import { storeCatalogue } from '@/lib/model-pricing/store-catalogue'
import type { Runtime } from '@/lib/runtime'
import { DAY_MS } from '@/lib/tokens/model'
import { ingestUsage, LATE_DAYS_MAX, type UsageMeter } from '@/lib/usage/ingest'
import { ingestStorage } from '@/lib/usage/ingest-storage'
import type { StorageReading } from '@/lib/usage/store-storage'
import type { UsageEvent } from '@/lib/usage/usage-event'
import type { PlannedFamily } from '@/prisma/seed/families'
import { countByDay, planTraffic, WINDOW_DAYS } from '@/prisma/seed/traffic'
import {
  ACME_AGENTS,
  ACME_KNOWLEDGE_BASES,
  type DemoAgent,
  type DemoKnowledgeBase,
  GLOBEX_AGENTS,
  GLOBEX_KNOWLEDGE_BASES,
} from '@/prisma/seed/usage-agents'
import { eventsOf, USAGE_DAYS } from '@/prisma/seed/usage-events'

interface DemoUsage {
  agents: readonly DemoAgent[]
  knowledgeBases: readonly DemoKnowledgeBase[]
}

const USAGE: Record<string, DemoUsage> = {
  acme: { agents: ACME_AGENTS, knowledgeBases: ACME_KNOWLEDGE_BASES },
  globex: { agents: GLOBEX_AGENTS, knowledgeBases: GLOBEX_KNOWLEDGE_BASES },
}

const EVENTS_AT_ONCE = 1000
/** So much of the past is reported at once: less than the intake takes. */
const STEP_MS = (LATE_DAYS_MAX - 5) * DAY_MS

export interface SeededOrganization {
  organization: OrganizationContext
  families: readonly PlannedFamily[]
}

/**
 * Sixty days of usage, through the intake itself, and of requests, whose rows are kept for thirty days only. The
 * intake takes nothing older than 35 days, so its clock is set back for what is: each event comes in as if it had
 * been reported in time, by the prices of its day.
 */
export async function seedUsage(
  { db }: Pick<Runtime, 'db'>,
  { organization, families }: SeededOrganization,
  now: number,
): Promise<void> {
  const usage = USAGE[organization.slug]
  if (!usage) return
  await db.pool.query('SELECT usage.ensure_partitions($1, $2)', [
    new Date(now - USAGE_DAYS * DAY_MS),
    5,
  ])
  const earlier = planTraffic(organization.id, families, now, {
    from: WINDOW_DAYS + 1,
    to: USAGE_DAYS,
  })
  await addRequests(db.pool, sumRequests(earlier))
  await writeUseByDay(db.pool, countByDay(earlier))
  const catalogue = readCatalogue()
  await storeCatalogue(db.pool, catalogue)
  const meter = { prices: new PriceBooks(catalogue), signals: { counted: () => undefined } }
  const reporters = new Map<PlannedFamily, UsageEvent[]>()
  for (const agent of usage.agents) {
    const family = familyOf(families, agent.reporter)
    reporters.set(family, [
      ...(reporters.get(family) ?? []),
      ...eventsOf(organization.slug, agent, now),
    ])
  }
  await Promise.all(
    [...reporters].map(([family, events]) =>
      report({ principal: principalOf(family), organization, db }, meter, events, now),
    ),
  )
  const [first] = reporters.keys()
  if (!first) return
  const source = `demo/${organization.slug}/storage`
  const reader = { principal: principalOf(first), organization, db }
  for (const [at, readings] of inSteps(readingsOf(source, usage.knowledgeBases, now), now)) {
    await ingestStorage({ ...reader, now: at }, meter, readings)
  }
}

type Reporter = Pick<Context<TokenPrincipal>, 'principal' | 'organization' | 'db'>

async function report(
  reporter: Reporter,
  meter: UsageMeter,
  events: readonly UsageEvent[],
  now: number,
): Promise<void> {
  const timed = events.map((event) => ({ ...event, measuredAt: event.occurredAt }))
  for (const [at, step] of inSteps(timed, now)) {
    for (let start = 0; start < step.length; start += EVENTS_AT_ONCE) {
      await ingestUsage({ ...reporter, now: at }, meter, step.slice(start, start + EVENTS_AT_ONCE))
    }
  }
}

/** What lies within each step, oldest first, with the moment at which it is reported. */
function inSteps<Event extends { measuredAt: number }>(
  events: readonly Event[],
  now: number,
): [number, Event[]][] {
  const steps = new Map<number, Event[]>()
  for (const event of events) {
    const at = now - Math.floor((now - event.measuredAt) / STEP_MS) * STEP_MS
    const step = steps.get(at)
    if (step) step.push(event)
    else steps.set(at, [event])
  }
  return [...steps].sort(([one], [other]) => one - other)
}

/** Every night at three, but for a night in nine in which nobody measured. */
function readingsOf(
  source: string,
  knowledgeBases: readonly DemoKnowledgeBase[],
  now: number,
): StorageReading[] {
  const nights = Array.from({ length: USAGE_DAYS + 1 }, (_, ago) => ago).filter(
    (ago) => ago % 9 !== 4,
  )
  return knowledgeBases.flatMap(({ name, bytes, dailyBytes, deletedAgo = 0 }) =>
    nights
      // The night after the deletion is the last one that anybody measured it.
      .filter((ago) => ago >= deletedAgo - 1)
      .map((ago) => ({
        id: `${name}-${Math.floor(now / DAY_MS) - ago}`,
        source,
        measuredAt: (Math.floor(now / DAY_MS) - ago) * DAY_MS + DAY_MS / 8,
        knowledgeBase: name,
        bytes: ago < deletedAgo ? 0 : Math.round(bytes - dailyBytes * ago),
      }))
      .filter(({ measuredAt }) => measuredAt < now),
  )
}

function familyOf(
  families: readonly PlannedFamily[],
  { owner, token }: DemoAgent['reporter'],
): PlannedFamily {
  const found = families.find(({ demo }) => demo.owner === owner && demo.name === token)
  if (!found) throw new Error(`The demo data names the token ${token}, which is not in it.`)
  return found
}

function principalOf({ demo, familyId, owner, scopes }: PlannedFamily): TokenPrincipal {
  return {
    kind: 'token',
    tokenId: familyId,
    familyId,
    tokenName: demo.name,
    displayPrefix: '',
    granted: scopes,
    scopes: new Set(scopes),
    expiresAt: null,
    owner:
      owner.type === 'user'
        ? {
            type: 'user',
            userId: owner.id,
            displayName: owner.label,
            email: demo.owner,
            role: 'MEMBER',
          }
        : { type: 'service-account', serviceAccountId: owner.id, name: owner.label },
  }
}
