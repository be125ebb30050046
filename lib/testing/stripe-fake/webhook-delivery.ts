import type { WebhookQueue } from '@/lib/testing/stripe-fake/webhook-queue'

const AGAIN_AFTER_MS = 300
const TIMEOUT_MS = 10_000

/** Carries events to their receiver as they come. Stripe tries for days what is refused; this does at once, and on. */
export class WebhookDelivery {
  readonly #queue: WebhookQueue
  readonly #url: string
  #isStopped = false
  #isWanted = false
  #running: Promise<void> | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(queue: WebhookQueue, url: string) {
    this.#queue = queue
    this.#url = url
    this.wake()
  }

  /** There is something to send. */
  wake(): void {
    this.#isWanted = true
    if (this.#isStopped) return
    this.#running ??= this.#run().finally(() => {
      this.#running = null
    })
  }

  /** Waits for what is on its way; what is queued is not sent any more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false
      // Later than the answer of the call that caused it.
      await new Promise((resolve) => setImmediate(resolve))
      await this.#queue.deliver((body, signature) => this.#post(body, signature))
    }
    const isLeft = this.#queue.queued.length > 0 && !this.#isStopped
    if (isLeft) this.#timer = setTimeout(() => this.wake(), AGAIN_AFTER_MS).unref()
  }

  async #post(body: string, signature: string): Promise<number> {
    if (this.#isStopped) return 0
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const request = { method: 'POST', headers, body, signal, redirect: 'manual' } as const
    // Nobody listens yet, or not any more: that is as good as a refusal.
    const answer = await fetch(this.#url, request).catch(() => null)
    await answer?.body?.cancel()
    return answer?.status ?? 0
  }
}
