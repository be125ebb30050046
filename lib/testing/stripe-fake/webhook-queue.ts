import Stripe from 'stripe'

/** Answers with the status of HTTP. */
export type WebhookReceiver = (body: string, signature: string) => Promise<number>

export interface SignedWebhook {
  body: string
  signature: string
}

/** Events on their way to the receiver. Stripe promises neither their order nor that each comes once. */
export class WebhookQueue {
  readonly secret: string
  readonly #now: () => number
  #queued: Stripe.Event[] = []

  /** @param now epoch ms */
  constructor(secret: string, now: () => number) {
    this.secret = secret
    this.#now = now
  }

  get queued(): readonly Stripe.Event[] {
    return this.#queued
  }

  add(event: Stripe.Event): void {
    this.#queued.push(event)
  }

  /** Drops what never arrives. */
  lose(lost: (event: Stripe.Event) => boolean): void {
    this.#queued = this.#queued.filter((event) => !lost(event))
  }

  /** As it would be sent now, by the clock of the account. */
  signed(event: Stripe.Event): SignedWebhook {
    const body = JSON.stringify(event)
    const timestamp = Math.floor(this.#now() / 1000)
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: this.secret,
      timestamp,
    })
    return { body, signature }
  }

  /**
   * Sends what is queued, one after the other. What is not taken with a 2xx stays queued, as does what `arrange` leaves
   * out: it is late. What it repeats is sent again.
   * @returns how many deliveries were taken
   */
  async deliver(
    receive: WebhookReceiver,
    arrange: (events: readonly Stripe.Event[]) => readonly Stripe.Event[] = (events) => events,
  ): Promise<number> {
    const taken = new Set<string>()
    let deliveries = 0
    for (const event of arrange([...this.#queued])) {
      const { body, signature } = this.signed(event)
      const status = await receive(body, signature)
      if (status < 200 || status >= 300) continue
      taken.add(event.id)
      deliveries++
    }
    this.lose(({ id }) => taken.has(id))
    return deliveries
  }
}
