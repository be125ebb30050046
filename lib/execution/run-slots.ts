import { DomainError } from '@/lib/errors'

const RETRY_AFTER_SECONDS = 2

/** How many runs of each organization are under way in this process: one that waits on a model holds up no other. */
export class RunSlots {
  readonly #most: number
  readonly #busy = new Map<string, number>()

  /** @param most runs of one organization at once */
  constructor(most: number) {
    this.#most = most
  }

  /**
   * @returns gives the slot back; to be called once
   * @throws DomainError throttled `too_many_runs`
   */
  take(organizationId: string): () => void {
    const busy = this.#busy.get(organizationId) ?? 0
    if (busy >= this.#most) {
      throw new DomainError(
        'throttled',
        'too_many_runs',
        `The organization has ${this.#most} runs under way. Wait for one to end.`,
        { retryAfterSeconds: RETRY_AFTER_SECONDS },
      )
    }
    this.#busy.set(organizationId, busy + 1)
    return () => this.#release(organizationId)
  }

  #release(organizationId: string): void {
    const left = (this.#busy.get(organizationId) ?? 1) - 1
    if (left > 0) this.#busy.set(organizationId, left)
    else this.#busy.delete(organizationId)
  }
}
