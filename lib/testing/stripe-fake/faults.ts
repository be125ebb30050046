/**
 * What can go wrong on the way to Stripe and back. Those "after" happen once the call was carried out: the caller
 * cannot know that it was.
 */
export type Fault =
  | 'server error'
  | 'server error after'
  | 'rate limit'
  | 'reset'
  | 'reset after'
  | 'timeout'
  | 'timeout after'

interface Planned {
  fault: Fault
  left: number
  /** Whether a call is meant, by its route. */
  meant(on: string): boolean
}

/** Faults that the next calls run into, in the order in which they were planned. */
export class Faults {
  readonly #planned: Planned[] = []

  next(count: number, fault: Fault, meant: (on: string) => boolean = () => true): void {
    this.#planned.push({ fault, left: count, meant })
  }

  take(on: string): Fault | null {
    const planned = this.#planned.find((one) => one.left > 0 && one.meant(on))
    if (!planned) return null
    planned.left--
    return planned.fault
  }

  clear(): void {
    this.#planned.length = 0
  }
}
