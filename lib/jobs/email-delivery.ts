import { type DeliveryRuntime, deliverWaiting } from '@/lib/email/delivery'
import { EMAIL_CHANNEL } from '@/lib/email/outbox'
import type { Runtime } from '@/lib/runtime'

export interface EmailDelivery {
  /** Sends what is due; resolves when that is done. Asked during a run, it runs once more after it. */
  run(): Promise<void>
  /** Begins no further e-mail; resolves when the one under way is done. */
  stop(): Promise<void>
}

/** Sends e-mails as soon as the outbox signals them; retries need `run` from time to time. */
export function startEmailDelivery(
  runtime: DeliveryRuntime & Pick<Runtime, 'mail' | 'changes'>,
): EmailDelivery {
  const stopping = new AbortController()
  let wanted = false
  let current: Promise<void> | null = null

  async function runWhileWanted(): Promise<void> {
    while (wanted && !stopping.signal.aborted) {
      wanted = false
      await deliverWaiting(runtime, runtime.mail, stopping.signal)
    }
  }
  function run(): Promise<void> {
    wanted = true
    current ??= runWhileWanted().finally(() => {
      current = null
    })
    return current
  }
  const unsubscribe = runtime.changes.subscribe(EMAIL_CHANNEL, () => {
    run().catch((error: unknown) => runtime.log.error({ err: error }, 'e-mails not sent'))
  })
  return {
    run,
    async stop() {
      stopping.abort()
      unsubscribe()
      // Whoever asked for the run hears of its failure.
      await current?.catch(() => undefined)
    },
  }
}
