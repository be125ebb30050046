/** How many notices wait, as read at a moment of the server's clock (epoch ms). */
export interface UnreadFacts {
  count: number
  asOf: number
}

export interface Unread {
  count: number
  /** Grows each time the server says that something has changed: lists that show notices read again. */
  changes: number
}

/** One count for all that show it: the bells and the inbox. */
export class UnreadStore {
  readonly #tenant: string
  readonly #listeners = new Set<() => void>()
  readonly #served: Unread
  #shown: Unread
  #asOf: number
  #asking: 'no' | 'yes' | 'again' = 'no'

  constructor(tenant: string, facts: UnreadFacts) {
    this.#tenant = tenant
    this.#served = { count: facts.count, changes: 0 }
    this.#shown = this.#served
    this.#asOf = facts.asOf
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  read = (): Unread => this.#shown

  /** As the server's page has it. */
  readServed = (): Unread => this.#served

  /** Takes what was read at the server, unless something younger is known. */
  adopt({ count, asOf }: UnreadFacts): void {
    if (asOf <= this.#asOf) return
    this.#asOf = asOf
    this.#show({ count })
  }

  /** Asks the server how many there are; asked while it asks, it asks once more. */
  refresh = async (): Promise<void> => {
    if (this.#asking !== 'no') {
      this.#asking = 'again'
      return
    }
    do {
      this.#asking = 'yes'
      const answer = await askUnread(this.#tenant)
      if (answer) this.adopt(answer)
    } while ((this.#asking as string) === 'again')
    this.#asking = 'no'
  }

  /** Shows so many fewer at once, before the server has answered. */
  seen = (count: number): void => this.#show({ count: Math.max(0, this.#shown.count - count) })

  /** The server says that something has changed. */
  changed = (): void => {
    this.#show({ changes: this.#shown.changes + 1 })
    void this.refresh()
  }

  #show(part: Partial<Unread>): void {
    this.#shown = { ...this.#shown, ...part }
    for (const notify of this.#listeners) notify()
  }
}

/** Null where there was no answer: the next signal asks again. */
async function askUnread(tenant: string): Promise<UnreadFacts | null> {
  try {
    const answer = await fetch(`/${tenant}/notifications/unread`)
    return answer.ok ? ((await answer.json()) as UnreadFacts) : null
  } catch {
    return null
  }
}
