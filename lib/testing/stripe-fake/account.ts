import Stripe from 'stripe'
import { type Decline, noSuch } from '@/lib/testing/stripe-fake/refusal'

/** The version that the SDK of this installation asks for, and events are written in. */
export const API_VERSION = Stripe.API_VERSION

interface Stored {
  id: string
}

/** Objects of one kind, in the order in which they were made. */
export class Collection<Kind extends Stored> extends Map<string, Kind> {
  readonly #kind: string

  constructor(kind: string) {
    super()
    this.#kind = kind
  }

  /** @throws Refusal where there is none, as the API answers */
  find(id: string, param = 'id'): Kind {
    const found = this.get(id)
    if (!found) throw noSuch(this.#kind, id, param)
    return found
  }

  add<Added extends Kind>(made: Added): Added {
    this.set(made.id, made)
    return made
  }
}

/** How the account collects: at Stripe partly settings of the account, partly what it does anyway. */
export interface CollectionRules {
  /** From finalising an invoice until its card is charged; at Stripe up to an hour. */
  chargeAfterSeconds: number
  /** Days after each failed attempt until the next one; after the last one the invoice stays open. */
  retryDays: readonly number[]
}

/** Everything that one fake account of Stripe holds. Time is only what `nowMs` says. */
export class FakeAccount {
  nowMs: number
  /** Where its pages are. */
  readonly site: string
  /** The site whose customers these are; null where nobody said. */
  home: string | null = null
  readonly rules: CollectionRules = { chargeAfterSeconds: 0, retryDays: [3, 5, 7] }
  readonly customers = new Collection<Stripe.Customer>('customer')
  readonly taxIds = new Collection<Stripe.TaxId>('tax_id')
  readonly paymentMethods = new Collection<Stripe.PaymentMethod>('PaymentMethod')
  readonly setupIntents = new Collection<Stripe.SetupIntent>('setupintent')
  readonly checkoutSessions = new Collection<Stripe.Checkout.Session>('checkout.session')
  readonly portalSessions = new Collection<Stripe.BillingPortal.Session>('portal session')
  readonly invoices = new Collection<Stripe.Invoice>('invoice')
  readonly invoiceItems = new Collection<Stripe.InvoiceItem>('invoiceitem')
  readonly invoiceLines = new Collection<Stripe.InvoiceLineItem>('line_item')
  readonly invoicePayments = new Collection<Stripe.InvoicePayment>('invoice_payment')
  readonly paymentIntents = new Collection<Stripe.PaymentIntent>('payment_intent')
  readonly creditNotes = new Collection<Stripe.CreditNote>('credit_note')
  readonly events = new Collection<Stripe.Event & Stored>('event')
  /** Payment methods that are taken on, and refused when charged: how often still, and why. */
  readonly declining = new Map<string, { left: number; decline: Decline }>()
  /** Hears of each event as it happens. */
  onEvent: (event: Stripe.Event) => void = () => undefined
  /** Of the request that is being answered. */
  request: Stripe.Event.Request = { id: null, idempotency_key: null }
  #made = 0

  constructor(nowMs: number, site: string) {
    this.nowMs = nowMs
    this.site = site
  }

  /** Epoch seconds, as all times of the API. */
  get now(): number {
    return Math.floor(this.nowMs / 1000)
  }

  id(prefix: string): string {
    this.#made++
    return `${prefix}_fake${String(this.#made).padStart(6, '0')}`
  }

  /** Keeps what happened with the object as it is now, and queues it for webhooks. */
  emit(type: Stripe.Event['type'], object: object, previous?: object): void {
    const event = {
      id: this.id('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: this.now,
      // What is sent later shows the object as it was: that is why receivers read it anew.
      data: {
        object: JSON.parse(JSON.stringify(object)),
        ...(previous ? { previous_attributes: previous } : {}),
      },
      livemode: false,
      pending_webhooks: 1,
      request: { ...this.request },
      type,
    } as Stripe.Event
    this.events.add(event)
    this.onEvent(event)
  }
}
