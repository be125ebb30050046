import type pg from 'pg'
import { signalChanges } from '@/lib/db/change-bus'

/** Counting goes on for milliseconds; who looks needs to hear of it a few times a second. */
const COALESCE_MS = 300

/** Called with every organization of which something was counted since the last time. */
export type CountedListener = (organizationIds: readonly string[]) => Promise<void>

/** The channel of the change bus that says "usage of this organization changed". */
export function usageChannel(organizationId: string): string {
  return `usage:${organizationId}`
}

/**
 * Says that usage was counted: to pages, over the change bus, and to those who listen in this process. NOTIFY
 * takes a global lock at commit, so it is never part of counting, and one carries everything of 300 ms.
 */
export class UsageSignals {
  readonly #pool: pg.Pool
  readonly #onProblem: (error: unknown) => void
  readonly #listeners: CountedListener[] = []
  #waiting = new Set<string>()
  #timer: NodeJS.Timeout | null = null

  constructor(pool: pg.Pool, onProblem: (error: unknown) => void) {
    this.#pool = pool
    this.#onProblem = onProblem
  }

  /** Called once at start: what must follow counting without being waited for by who reports. */
  onCounted(listener: CountedListener): void {
    this.#listeners.push(listener)
  }

  /** Something of the organization is committed. Returns at once. */
  counted(organizationId: string): void {
    this.#waiting.add(organizationId)
    this.#timer ??= setTimeout(() => void this.flush(), COALESCE_MS)
  }

  /** Tells what waits. A failure loses a signal, never a count: pages poll, and the next event signals again. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const organizationIds = [...this.#waiting]
    this.#waiting = new Set()
    if (organizationIds.length === 0) return
    const told = await Promise.allSettled([
      signalChanges(this.#pool, organizationIds.map(usageChannel)),
      ...this.#listeners.map((listener) => listener(organizationIds)),
    ])
    for (const result of told) if (result.status === 'rejected') this.#onProblem(result.reason)
  }
}
