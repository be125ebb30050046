/**
 * Answers many single-key reads with few set reads: keys that arrive in one turn of the event loop, or
 * while `concurrency` reads are under way, go out together. Every read starts after its key arrived, so
 * nothing is ever stale: this is batching, not caching. A key alone goes out at the end of its turn.
 */
export class CoalescedRead<Row> {
  readonly #readMany: (keys: string[]) => Promise<Map<string, Row>>
  readonly #concurrency: number
  readonly #maxBatch: number
  #waiting: Waiter<Row>[] = []
  #underWay = 0
  #scheduled = false

  /** @param readMany one database read for all keys; a key without a row is absent from the map */
  constructor(
    readMany: (keys: string[]) => Promise<Map<string, Row>>,
    limits: { concurrency: number; maxBatch: number },
  ) {
    this.#readMany = readMany
    this.#concurrency = limits.concurrency
    this.#maxBatch = limits.maxBatch
  }

  /** The row of `key`, or null. Rejects with the read's own error. */
  read(key: string): Promise<Row | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject })
      this.#schedule()
    })
  }

  /** Runs when all sockets that were ready have been read: what they brought shares one read. */
  #schedule(): void {
    if (this.#scheduled || this.#underWay >= this.#concurrency) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#send()
    })
  }

  #send(): void {
    const batch = this.#waiting.splice(0, this.#maxBatch)
    if (batch.length === 0) return
    this.#underWay++
    this.#readMany(batch.map((waiter) => waiter.key))
      .then(
        (rows) => {
          for (const waiter of batch) waiter.resolve(rows.get(waiter.key) ?? null)
        },
        (error: unknown) => {
          for (const waiter of batch) waiter.reject(error)
        },
      )
      .finally(() => {
        this.#underWay--
        if (this.#waiting.length > 0) this.#schedule()
      })
    if (this.#waiting.length > 0) this.#schedule()
  }
}

interface Waiter<Row> {
  key: string
  resolve: (row: Row | null) => void
  reject: (error: unknown) => void
}
