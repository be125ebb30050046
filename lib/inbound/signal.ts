import type pg from 'pg'
import { signalChanges } from '@/lib/db/change-bus'

/** Signalled where something is to be fired. */
export const INBOUND_CHANNEL = 'inbound'

/** Lets what waits be fired at once; a signal that is lost costs the next look at what is due. */
export async function signalInbound(client: Pick<pg.Pool, 'query'>): Promise<void> {
  await signalChanges(client, [INBOUND_CHANNEL])
}

const TOGETHER_MS = 20

/** The same for many deliveries at once, after their answers: NOTIFY takes a lock that all commits share. */
export class InboundSignal {
  readonly #client: Pick<pg.Pool, 'query'>
  readonly #onProblem: (error: unknown) => void
  #timer: NodeJS.Timeout | null = null

  constructor(client: Pick<pg.Pool, 'query'>, onProblem: (error: unknown) => void) {
    this.#client = client
    this.#onProblem = onProblem
  }

  /** Something was taken. */
  tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      signalInbound(this.#client).catch(this.#onProblem)
    }, TOGETHER_MS).unref()
  }
}
