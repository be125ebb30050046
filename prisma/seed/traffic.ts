import { channelOf } from '@/lib/access/request-channel'
import type { RecordedCall } from '@/lib/activity/recorder'
import { type UseOfDay, writeRequests, writeUseByDay } from '@/lib/activity/store'
import type { Database } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { DAY_MS } from '@/lib/tokens/model'
import type { DemoCall, DemoTraffic } from '@/prisma/seed/demo-organization'
import type { PlannedFamily } from '@/prisma/seed/families'

/** Of these days there are rows, not only sums. */
export const WINDOW_DAYS = 30
const WEEKS_OF_PARTITIONS = 9
const HOUR_MS = 60 * 60 * 1000
/** Some calls a day in minutes before the seed, so that "last used" is fresh on a new demo. */
const FRESH_MS = 4 * 60 * 1000
const FAILURES = [500, 502, 429, 400, 409]

/** Days ago, both included. */
interface Days {
  from: number
  to: number
}

/** Thirty days of calls of the tokens that are in use, or of other days. Times are epoch ms. */
export function planTraffic(
  organizationId: string,
  families: readonly PlannedFamily[],
  now: number,
  days: Days = { from: 0, to: WINDOW_DAYS },
): RecordedCall[] {
  return families.flatMap((family) => {
    const { traffic } = family.demo
    if (!traffic) return []
    return momentsOf(traffic, now, days)
      .filter((at) => isAccepted(family, at))
      .map((at) => callAt(organizationId, family, traffic, at))
  })
}

/** When the newest accepted call of each secret was, by token id. */
export function lastUses(calls: readonly RecordedCall[]): Map<string, RecordedCall> {
  const last = new Map<string, RecordedCall>()
  for (const call of calls) {
    if ((last.get(call.tokenId)?.at ?? 0) < call.at) last.set(call.tokenId, call)
  }
  return last
}

export async function writeTraffic(
  db: Database,
  calls: RecordedCall[],
  now: number,
): Promise<void> {
  const oldest = now - WINDOW_DAYS * DAY_MS
  await db.pool.query('SELECT activity.ensure_partitions($1, $2)', [oldest, WEEKS_OF_PARTITIONS])
  await writeRequests(db.pool, calls)
  await writeUseByDay(db.pool, countByDay(calls))
}

function momentsOf({ callsPerDay, hours }: DemoTraffic, now: number, days: Days): number[] {
  const moments: number[] = []
  for (let daysAgo = days.from; daysAgo <= days.to; daysAgo++) {
    const midnight = Math.floor(now / DAY_MS - daysAgo) * DAY_MS
    const weekday = new Date(midnight).getUTCDay()
    const isQuiet = hours === 'office' && (weekday === 0 || weekday === 6)
    const count = Math.round(callsPerDay * (isQuiet ? 0.05 : 0.8 + Math.random() * 0.4))
    for (let call = 0; call < count; call++) moments.push(midnight + momentOfDay(hours))
  }
  const past = moments.filter((at) => at < now)
  if (hours === 'always' && days.from === 0) past.push(now - Math.random() * FRESH_MS)
  return past
}

function momentOfDay(hours: DemoTraffic['hours']): number {
  if (hours === 'night') return (2 + Math.random() * 0.7) * HOUR_MS
  // Two dice make the middle of the working day the busiest.
  if (hours === 'office') return (7 + (Math.random() + Math.random()) * 5.5) * HOUR_MS
  return Math.random() * DAY_MS
}

/** The newest secret that was already there; after the end of the last one nothing is accepted. */
function secretAt(family: PlannedFamily, at: number) {
  return family.secrets.findLast((secret) => secret.createdAt <= at)
}

function isAccepted(family: PlannedFamily, at: number): boolean {
  const secret = secretAt(family, at)
  if (!secret) return false
  return at < (secret.revokedAt ?? Infinity) && at < (secret.expiresAt ?? Infinity)
}

function callAt(
  organizationId: string,
  family: PlannedFamily,
  traffic: DemoTraffic,
  at: number,
): RecordedCall {
  const call = choose(traffic.calls)
  const fails = Math.random() * 1000 < (traffic.failuresPerMille ?? 1)
  return {
    organizationId,
    familyId: family.familyId,
    tokenId: secretAt(family, at)?.id ?? family.familyId,
    serviceAccountId: family.owner.type === 'service-account' ? family.owner.id : null,
    at: Math.floor(at),
    method: call.method,
    route: `/v1/tenants/{tenant}${call.path}`,
    status: fails ? (FAILURES[Math.floor(Math.random() * FAILURES.length)] ?? 500) : 200,
    latencyMs: call.latencyMs * (0.6 + Math.random() ** 3 * 2.5),
    ip: traffic.ip,
    userAgent: traffic.userAgent,
    actor: `${family.owner.label} via ${family.demo.name}`,
    scope: call.scope,
    channel: channelOf(call.scope, family.demo.scopes),
    requestId: newId(),
    lastUsedAt: null,
  }
}

function choose(calls: readonly DemoCall[]): DemoCall {
  let place = Math.random() * calls.reduce((sum, { weight }) => sum + weight, 0)
  const chosen = calls.find(({ weight }) => {
    place -= weight
    return place < 0
  })
  const first = chosen ?? calls[0]
  if (!first) throw new Error('A demo token with traffic names no calls.')
  return first
}

/** The sums of calls by token and day. */
export function countByDay(calls: readonly RecordedCall[]): UseOfDay[] {
  const uses = new Map<string, UseOfDay>()
  for (const { organizationId, familyId, at, scope, status } of calls) {
    const day = new Date(at).toISOString().slice(0, 10)
    const key = `${familyId}|${day}|${scope ?? ''}`
    const use = uses.get(key) ?? {
      organizationId,
      familyId,
      day,
      scope: scope ?? '',
      calls: 0,
      errors: 0,
      lastAtMs: 0,
    }
    use.calls++
    if (status >= 400) use.errors++
    use.lastAtMs = Math.max(use.lastAtMs, at)
    uses.set(key, use)
  }
  return [...uses.values()]
}
