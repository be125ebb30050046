import { authorize } from '@/lib/access/authorize'
import type { Principal, TokenPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import type { PriceBooks } from '@/lib/model-pricing/price-books'
import { costOf } from '@/lib/model-pricing/rates'
import { type RatedEvent, storeEvents } from '@/lib/usage/store-events'
import { OWN_SOURCES, type UsageEvent } from '@/lib/usage/usage-event'

const DAY_MS = 86_400_000
/** So long ids are remembered, and an event may be late. */
export const LATE_DAYS_MAX = 35
/** By so much the clock of a program may be ahead. */
export const AHEAD_MS_MAX = 5 * 60_000

/** Why an event is not counted: the attribute of its CloudEvent, and what is wrong with it. */
interface Objection {
  pointer: '/id' | '/source' | '/time'
  detail: string
}

/** An event that is not counted, by its place in what was sent. */
export interface RefusedEvent extends Objection {
  index: number
}

export interface IngestOutcome {
  /** New, and in the database for good. */
  counted: number
  /** Known already, or given twice in this call: not counted again. */
  duplicates: number
  refused: RefusedEvent[]
}

/** What counting needs beside a context. */
export interface UsageMeter {
  prices: PriceBooks
  /** Told after the commit; it must return at once. */
  signals: { counted: (organizationId: string) => void }
}

/**
 * Counts model calls and runs of agents that a program reports, each once by its source and id: the good
 * ones of a batch are counted although others are refused. When this resolves they are committed.
 * @throws DomainError forbidden without traces:write, and for people: events come from programs
 */
export async function ingestUsage(
  ctx: Pick<Context, 'principal' | 'organization' | 'db' | 'now'>,
  meter: UsageMeter,
  events: readonly UsageEvent[],
): Promise<IngestOutcome> {
  authorize(ctx.principal, 'traces:write')
  const { familyId } = programOf(ctx.principal)
  const { taken, refused } = sifted(events, ({ occurredAt }) => occurredAt, ctx.now)
  const book = await meter.prices.of(ctx.db, ctx.organization.id)
  const counted = await storeEvents(
    ctx.db.pool,
    { organizationId: ctx.organization.id, familyId },
    taken.map((event) => rated(book, event)),
  )
  if (counted > 0) meter.signals.counted(ctx.organization.id)
  return { counted, duplicates: events.length - refused.length - counted, refused }
}

/** @throws DomainError forbidden for people */
export function programOf(principal: Principal): TokenPrincipal {
  if (principal.kind === 'token') return principal
  throw new DomainError(
    'forbidden',
    'token_required',
    'Usage is reported by programs, with a token.',
  )
}

const HALF_CHARACTER = /\p{Surrogate}/u

/** Takes each source and id once, and refuses what is too old or lies in the future, by its place. */
export function sifted<Event extends Pick<UsageEvent, 'source' | 'id'>>(
  events: readonly Event[],
  momentOf: (event: Event) => number,
  now: number,
): { taken: Event[]; refused: RefusedEvent[] } {
  const refused: RefusedEvent[] = []
  const taken = new Map<string, Event>()
  events.forEach((event, index) => {
    const wrong = malformed(event) ?? untimely(momentOf(event), now)
    const name = JSON.stringify([event.source, event.id])
    if (wrong) refused.push({ index, ...wrong })
    else if (!taken.has(name)) taken.set(name, event)
  })
  return { taken: [...taken.values()], refused }
}

/** A half of a surrogate pair becomes U+FFFD in the database: two such ids could be one there. */
function malformed({ source, id }: Pick<UsageEvent, 'source' | 'id'>): Objection | null {
  if (source.startsWith(OWN_SOURCES)) {
    const detail = `What begins with ${OWN_SOURCES} is metered here: name your own program.`
    return { pointer: '/source', detail }
  }
  const detail = 'This is not well-formed Unicode.'
  if (HALF_CHARACTER.test(id)) return { pointer: '/id', detail }
  return HALF_CHARACTER.test(source) ? { pointer: '/source', detail } : null
}

function untimely(moment: number, now: number): Objection | null {
  const pointer = '/time'
  if (moment > now + AHEAD_MS_MAX) return { pointer, detail: 'The event lies in the future.' }
  if (moment >= now - LATE_DAYS_MAX * DAY_MS) return null
  return {
    pointer,
    detail: `The event is older than ${LATE_DAYS_MAX} days, after which nothing is counted any more.`,
  }
}

/** With the names that it is grouped by, and what it cost when it happened. */
export function rated(book: PriceBook, event: UsageEvent): RatedEvent {
  if (event.kind === 'EXECUTION') return { event, names: event, cost: null, priceId: null }
  const price = book.priceOf(event)
  const cost = price && costOf(event.tokens, price.rates, event.occurredAt)
  return { event, names: book.nameOf(event), cost, priceId: cost ? (price?.id ?? null) : null }
}
