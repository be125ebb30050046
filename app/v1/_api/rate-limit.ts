/**
 * A fixed window counted in this process. Our own because it runs on every call: one map operation, no
 * timer and no promise a key (rate-limiter-flexible's memory store makes both). All keys share one window,
 * so the end of the window frees everything at once and memory is bounded by `maxKeys`.
 */
export class FixedWindow {
  readonly limit: number
  readonly windowMs: number
  readonly #maxKeys: number
  #counts = new Map<string, number>()
  #endsAt = 0

  constructor(options: { limit: number; windowMs: number; maxKeys?: number }) {
    this.limit = options.limit
    this.windowMs = options.windowMs
    this.#maxKeys = options.maxKeys ?? 100_000
  }

  /** Counts one and answers how many there are now in the window. @param now epoch ms */
  hit(key: string, now: number): number {
    this.#turn(now)
    const count = (this.#counts.get(key) ?? 0) + 1
    if (count === 1 && this.#counts.size >= this.#maxKeys) this.#forgetOldest()
    this.#counts.set(key, count)
    return count
  }

  /** How many there are, counting none. @param now epoch ms */
  count(key: string, now: number): number {
    return now >= this.#endsAt ? 0 : (this.#counts.get(key) ?? 0)
  }

  /** Whole seconds until the window ends, at least 1. @param now epoch ms */
  secondsLeft(now: number): number {
    return Math.max(1, Math.ceil((this.#endsAt - now) / 1000))
  }

  #turn(now: number): void {
    // A clock set back must not freeze the window, hence the second condition.
    if (now < this.#endsAt && now >= this.#endsAt - this.windowMs) return
    this.#endsAt = now + this.windowMs
    if (this.#counts.size > 0) this.#counts = new Map()
  }

  #forgetOldest(): void {
    const oldest = this.#counts.keys().next()
    if (!oldest.done) this.#counts.delete(oldest.value)
  }
}

/** One household or host: an IPv4 address, or the /64 of an IPv6 one, where addresses are free. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip
  const head = ip.includes('::') ? ip.slice(0, ip.indexOf('::')) : ip
  const groups = head === '' ? [] : head.split(':').slice(0, 4)
  while (groups.length < 4) groups.push('0')
  return groups.join(':')
}
