import { DomainError } from '@/lib/errors'

/**
 * How many calls of one integration a process works on at once: a client that asks without end slows nobody but
 * itself.
 */
export class McpGate {
  readonly #limit: number
  readonly #underWay = new Map<string, number>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** @throws DomainError throttled `too_many_mcp_calls` */
  async through<T>(integration: string, work: () => Promise<T>): Promise<T> {
    const before = this.#underWay.get(integration) ?? 0
    if (before >= this.#limit) {
      throw new DomainError(
        'throttled',
        'too_many_mcp_calls',
        `This integration works on ${this.#limit} calls at once: wait until one of them is answered.`,
        { retryAfterSeconds: 1 },
      )
    }
    this.#underWay.set(integration, before + 1)
    try {
      return await work()
    } finally {
      const left = (this.#underWay.get(integration) ?? 1) - 1
      if (left === 0) this.#underWay.delete(integration)
      else this.#underWay.set(integration, left)
    }
  }
}
