import pg from 'pg'

type Listener = (payload: string) => void

const CHANNEL = 'fruxon_changes'
const RECONNECT_MS = 1000
/** Beyond so many channels what was heard is forgotten, and everything counts as changed. */
const CHANNELS_REMEMBERED = 10_000

/**
 * Signals between processes, over one LISTEN connection a process. A signal says "something changed
 * here"; it carries no data, so a subscriber reads the change itself, with its own authorization.
 */
export class ChangeBus {
  readonly #connectionString: string
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #onProblem: (error: unknown) => void
  /** Epoch ms of the last signal, by channel. */
  readonly #heardAt = new Map<string, number>()
  /** What came before this moment may have been missed; epoch ms. */
  #listeningSince = Number.POSITIVE_INFINITY
  #client: pg.Client | null = null
  #stopped = false
  #retry: NodeJS.Timeout | null = null

  constructor(connectionString: string, onProblem: (error: unknown) => void) {
    this.#connectionString = connectionString
    this.#onProblem = onProblem
  }

  /** Opens the LISTEN connection and keeps it open until `stop`. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      application_name: 'fruxon-settings-listen',
    })
    client.on('notification', (message) => this.#deliver(message.payload ?? ''))
    client.on('error', (error) => this.#lost(error))
    client.on('end', () => this.#lost(null))
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    this.#client = client
    this.#missedEverything()
  }

  /** Calls `listener` at each signal on `channel` until the returned function is called. */
  subscribe(channel: string, listener: Listener): () => void {
    const set = this.#listeners.get(channel) ?? new Set()
    set.add(listener)
    this.#listeners.set(channel, set)
    return () => {
      set.delete(listener)
      if (set.size === 0) this.#listeners.delete(channel)
    }
  }

  /** Whether something on the channel changed after that moment (epoch ms), as far as this process can tell. */
  changedSince(channel: string, since: number): boolean {
    return this.#listeningSince > since || (this.#heardAt.get(channel) ?? 0) > since
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#retry) clearTimeout(this.#retry)
    await this.#client?.end().catch(() => undefined)
  }

  /** A NOTIFY payload is a JSON list of channels, so that one flush costs one NOTIFY. */
  #deliver(payload: string): void {
    if (this.#heardAt.size > CHANNELS_REMEMBERED) this.#forget()
    for (const channel of JSON.parse(payload) as string[]) {
      this.#heardAt.set(channel, Date.now())
      for (const listener of this.#listeners.get(channel) ?? []) listener(channel)
    }
  }

  /** Nobody listened until now: every subscriber looks for itself. */
  #missedEverything(): void {
    this.#forget()
    for (const [channel, listeners] of this.#listeners) {
      for (const listener of listeners) listener(channel)
    }
  }

  #forget(): void {
    this.#heardAt.clear()
    this.#listeningSince = Date.now()
  }

  #lost(error: unknown): void {
    if (this.#stopped || this.#retry) return
    if (error) this.#onProblem(error)
    this.#client = null
    this.#listeningSince = Number.POSITIVE_INFINITY
    this.#retry = setTimeout(() => {
      this.#retry = null
      this.start().catch((failure: unknown) => this.#lost(failure))
    }, RECONNECT_MS)
    this.#retry.unref()
  }
}

const PAYLOAD_LIMIT_BYTES = 7900

/**
 * Signals the channels to every process. NOTIFY takes a global lock at commit, so callers coalesce.
 * Channels beyond one payload's limit (8,000 bytes) are left out: subscribers also poll.
 */
export async function signalChanges(
  client: Pick<pg.Pool, 'query'>,
  channels: Iterable<string>,
): Promise<void> {
  const fitting: string[] = []
  let bytes = 2
  for (const channel of channels) {
    bytes += channel.length + 3
    if (bytes > PAYLOAD_LIMIT_BYTES) break
    fitting.push(channel)
  }
  if (fitting.length > 0) {
    await client.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(fitting)])
  }
}
