import { type ApiAnswer, callApi } from '@/e2e/support/api-client'

/** One logical token as far as the product has acknowledged it. */
export interface Family {
  /** Ids in order of acknowledgement, the first minted, the others by rotation. */
  ids: string[]
  /** The last acknowledged secret. */
  secret: string
  /** The one before, which a rotation has ended. */
  retired: string | null
  /** A rotation was sent and never answered: it happened or it did not. */
  uncertain: boolean
}

const WORKERS = 4
const MINTS_BEFORE_ROTATION = 3

/** Mints and rotates without a pause, and remembers exactly what was acknowledged. */
export class MintStream {
  readonly families: Family[] = []
  /** Statuses other than success. */
  readonly refusals: number[] = []
  readonly #url: string
  readonly #path: string
  readonly #token: string
  #acknowledged = 0
  #stopped = false
  #waiting: { count: number; resolve: () => void }[] = []
  readonly #workers: Promise<void>[]

  /** @param path of tokens, below the product's address */
  constructor(url: string, path: string, token: string) {
    this.#url = url
    this.#path = path
    this.#token = token
    this.#workers = Array.from({ length: WORKERS }, () => this.#work())
  }

  /** Resolves once so many requests were acknowledged, in all. */
  reached(count: number): Promise<void> {
    if (this.#acknowledged >= count) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ count, resolve }))
  }

  /** Sends nothing more and waits for what is on its way. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#workers)
  }

  /** Each worker has families of its own, so none loses a race against another. */
  async #work(): Promise<void> {
    const own: Family[] = []
    for (let turn = 0; !this.#stopped; turn++) {
      const candidates = own.filter(({ uncertain }) => !uncertain)
      const family = candidates[turn % Math.max(1, candidates.length)]
      if (family && turn % (MINTS_BEFORE_ROTATION + 1) !== 0) await this.#rotate(family)
      else await this.#mint(own)
    }
  }

  async #mint(own: Family[]): Promise<void> {
    const answer = await this.#post(':generate', { scopes: ['agents:read'], expirationDays: 1 })
    if (!answer) return
    const { id, token } = answer.json<{ id: string; token: string }>()
    const family = { ids: [id], secret: token, retired: null, uncertain: false }
    own.push(family)
    this.families.push(family)
    this.#acknowledge()
  }

  async #rotate(family: Family): Promise<void> {
    family.uncertain = true
    const answer = await this.#post(`/${family.ids.at(-1)}:rotate`, {})
    if (!answer) return
    const { id, token } = answer.json<{ id: string; token: string }>()
    family.ids.push(id)
    family.retired = family.secret
    family.secret = token
    family.uncertain = false
    this.#acknowledge()
  }

  /** The answer of a success; null where the request was refused or the connection died. */
  async #post(rest: string, body: object): Promise<ApiAnswer | null> {
    const call = { method: 'POST', path: this.#path + rest, token: this.#token, body }
    const answer = await callApi(this.#url, call).catch(() => null)
    if (answer?.status === 200) return answer
    if (answer) this.refusals.push(answer.status)
    // A dead server would be asked in a busy loop.
    else this.#stopped = true
    return null
  }

  #acknowledge(): void {
    this.#acknowledged++
    for (const { count, resolve } of this.#waiting) if (this.#acknowledged >= count) resolve()
  }
}
