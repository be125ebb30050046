import type { RequestChannel } from '@/lib/access/request-channel'
import type { Scope } from '@/lib/access/scopes'
import { touchLastUsed } from '@/lib/activity/last-used'
import { type UseOfDay, writeRequests, writeUseByDay } from '@/lib/activity/store'
import { signalChanges } from '@/lib/db/change-bus'
import type { Database } from '@/lib/db/database'

/** One authenticated call. Times epoch ms; `route` is the template, never the raw URL. */
export interface RecordedCall {
  organizationId: string
  familyId: string
  tokenId: string
  serviceAccountId: string | null
  at: number
  method: string
  route: string
  status: number
  latencyMs: number
  ip: string | null
  userAgent: string | null
  actor: string
  scope: Scope | null
  channel: RequestChannel
  requestId: string
  /** As read when the token was verified; null = never. */
  lastUsedAt: number | null
}

const FLUSH_MS = 50
/** Until the next attempt while the database does not answer. */
const RETRY_MS = 1000
const ROLLUP_MS = 2000
/** About 30 MB of waiting rows: beyond it calls are counted as dropped, and requests never wait. */
const QUEUE_LIMIT = 50_000
const LAST_USED_INTERVAL_MS = 60_000
const SIGNAL_INTERVAL_MS = 400
const FEW_FAMILIES = 32

/**
 * Takes a row for each authenticated call and writes them in batches, after the response. A crash loses
 * at most one flush interval (50 ms; daily counts 2 s): docs/operations.md says so.
 */
export class ActivityRecorder {
  readonly #db: Database
  readonly #onProblem: (error: unknown) => void
  #queue: RecordedCall[] = []
  #uses = new Map<string, UseOfDay>()
  #touches = new Map<string, RecordedCall>()
  #recentlyTouched = new Map<string, number>()
  #signals = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #underWay: Promise<void> | null = null
  #lastRollup = 0
  #lastSignal = 0
  #dropped = 0

  constructor(db: Database, onProblem: (error: unknown) => void) {
    this.#db = db
    this.#onProblem = onProblem
  }

  /** Calls that found the queue full since the start. */
  get dropped(): number {
    return this.#dropped
  }

  /** Never waits, never throws. */
  record(call: RecordedCall): void {
    if (this.#queue.length >= QUEUE_LIMIT) {
      this.#dropped++
      return
    }
    this.#queue.push(call)
    if (!this.#underWay) this.#wake(FLUSH_MS)
  }

  /** Writes all that is waiting; for shutdown, and for readers that must see their own calls. */
  async flush(): Promise<void> {
    while (this.#underWay) await this.#underWay
    await this.#begin(true)
  }

  #wake(pauseMs: number): void {
    this.#timer ??= setTimeout(() => this.#tick(), pauseMs)
  }

  #tick(): void {
    this.#timer = null
    if (this.#underWay) return
    this.#begin(false).catch(this.#onProblem)
  }

  /** One at a time: else one could return while the other still holds what it took. */
  #begin(everything: boolean): Promise<void> {
    let pauseMs = FLUSH_MS
    const work = this.#write(everything)
      .catch((error: unknown) => {
        pauseMs = RETRY_MS
        throw error
      })
      .finally(() => {
        this.#underWay = null
        const waiting = this.#queue.length + this.#uses.size + this.#signals.size
        if (waiting > 0) this.#wake(pauseMs)
      })
    this.#underWay = work.catch(() => undefined)
    return work
  }

  async #write(everything: boolean): Promise<void> {
    const calls = this.#queue
    this.#queue = []
    if (calls.length > 0) {
      try {
        await writeRequests(this.#db.pool, calls)
      } catch (error) {
        this.#putBack(calls)
        throw error
      }
      // Only what is written is counted, so that a second attempt does not count twice.
      for (const call of calls) this.#digest(call)
    }
    const now = Date.now()
    const touches = [...this.#touches.values()]
    this.#touches.clear()
    if (touches.length > 0) await touchLastUsed(this.#db.pool, touches)
    const rollupDue = now - this.#lastRollup >= ROLLUP_MS || this.#uses.size <= FEW_FAMILIES
    if (this.#uses.size > 0 && (everything || rollupDue)) await this.#rollup(now)
    if (this.#signals.size > 0 && (everything || now - this.#lastSignal >= SIGNAL_INTERVAL_MS)) {
      await this.#signal(now)
    }
  }

  /** So that a short outage of the database loses nothing that fits the queue. */
  #putBack(calls: RecordedCall[]): void {
    const waiting = [...calls, ...this.#queue]
    this.#dropped += Math.max(waiting.length - QUEUE_LIMIT, 0)
    this.#queue = waiting.slice(0, QUEUE_LIMIT)
  }

  #digest(call: RecordedCall): void {
    const { organizationId, familyId, scope, at, status } = call
    this.#count({
      organizationId,
      familyId,
      day: new Date(at).toISOString().slice(0, 10),
      scope: scope ?? '',
      calls: 1,
      errors: status >= 400 ? 1 : 0,
      lastAtMs: at,
    })
    if (this.#isTouchDue(call)) this.#touches.set(call.tokenId, call)
    this.#signals.add(`activity:${call.familyId}`)
    // As lib/usage names it, which is above this: pages of usage show requests too.
    this.#signals.add(`usage:${call.organizationId}`)
  }

  #count(use: UseOfDay): void {
    const key = `${use.familyId}|${use.day}|${use.scope}`
    const held = this.#uses.get(key)
    if (!held) {
      this.#uses.set(key, use)
      return
    }
    held.calls += use.calls
    held.errors += use.errors
    held.lastAtMs = Math.max(held.lastAtMs, use.lastAtMs)
  }

  /** At most once a minute a token and process; SQL guards the same across processes. */
  #isTouchDue(call: RecordedCall): boolean {
    const last = Math.max(call.lastUsedAt ?? 0, this.#recentlyTouched.get(call.tokenId) ?? 0)
    if (call.at - last < LAST_USED_INTERVAL_MS) return false
    if (this.#recentlyTouched.size > QUEUE_LIMIT) this.#recentlyTouched.clear()
    this.#recentlyTouched.set(call.tokenId, call.at)
    return true
  }

  async #rollup(now: number): Promise<void> {
    const uses = [...this.#uses.values()]
    this.#uses.clear()
    this.#lastRollup = now
    try {
      await writeUseByDay(this.#db.pool, uses)
    } catch (error) {
      for (const use of uses) this.#count(use)
      throw error
    }
  }

  async #signal(now: number): Promise<void> {
    const channels = [...this.#signals]
    this.#signals.clear()
    this.#lastSignal = now
    await signalChanges(this.#db.pool, channels)
  }
}
