import type Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Issuer } from '@/lib/invoices/issuer'
import {
  collectorOver,
  DAY,
  giveCard,
  HOUR,
  issue,
  issuerOf,
  type PayingOrganization,
  payingOrganization,
  RETURN_URL,
  receiver,
  recordedByCard,
  START,
  type TestCollector,
} from '@/lib/payments/payments-fixture'
import { presentInvoices } from '@/lib/payments/present-invoices'
import { findState } from '@/lib/payments/provider-state'
import { reconcileStripe } from '@/lib/payments/stripe/reconcile'
import { receiveWebhook } from '@/lib/payments/stripe/webhook'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { completeCheckout } from '@/lib/testing/stripe-fake/checkout'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

let product: ProductFixture
let issuer: Issuer
let fake: StripeFake
let collector: TestCollector
beforeAll(async () => {
  product = await createProductFixture()
  issuer = await issuerOf(product)
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.db.pool.query(
    'TRUNCATE billing.provider_customer, billing.provider_state, billing.provider_event, billing.collection',
  )
  fake = await startStripeFake(START)
  collector = collectorOver(fake, product.db, issuer)
})
afterEach(() => fake.close())

const organization = () => payingOrganization(product, fake, collector)
const stateOf = (organizationId: string) => findState(product.db.pool, organizationId)
const rename = (customerId: string, name: string) =>
  collector.provider.stripe.customers.update(customerId, { name })

/** Tells Stripe of invoices, and hears nothing of what became of them. */
const deaf = (): TestCollector => ({
  ...collector,
  provider: { ...collector.provider, readState: () => Promise.reject(new Error('Deaf.')) },
})

describe('a webhook of Stripe', () => {
  it('is refused without the signature of its very bytes, or after five minutes', async () => {
    const { customerId } = await organization()
    await rename(customerId, 'Acme')
    const event = fake.webhooks.queued.at(-1)
    if (!event) throw new Error('There is an event.')
    const { body, signature } = fake.webhooks.signed(event)
    const receive = (text: string, sign: string, now = START) =>
      receiveWebhook(collector, { body: text, signature: sign, now })
    const refused = { kind: 'forbidden', code: 'webhook_signature' }
    await expect(receive(`${body} `, signature)).rejects.toMatchObject(refused)
    await expect(receive(body, 't=1,v1=00')).rejects.toMatchObject(refused)
    await expect(receive(body, '')).rejects.toMatchObject(refused)
    await expect(receive(body, signature, START + 301_000)).rejects.toMatchObject(refused)
    expect(await receive(body, signature)).toBe('APPLIED')
    expect(await receive(body, signature)).toBe('KNOWN')
  })

  it('of somebody else’s customer, or of nothing that matters here, is taken and left', async () => {
    const { id } = await collector.provider.stripe.customers.create({})
    await collector.provider.stripe.invoices.create({ customer: id })
    expect(await fake.webhooks.deliver(receiver(collector, fake))).toBe(2)
    const { rows } = await product.db.pool.query('SELECT 1 FROM billing.provider_event')
    expect(rows).toEqual([])
  })

  it('of a payment records it once, in the transaction that keeps what was read', async () => {
    const { organizationId } = await organization()
    await issue(collector, fake, organizationId, 5000n)
    await presentInvoices(deaf(), START)
    let isBroken = true
    const { agreement } = collector
    const fragile = {
      ...collector,
      agreement: {
        ...agreement,
        async settle(...args: Parameters<typeof agreement.settle>) {
          await agreement.settle(...args)
          if (isBroken) throw new Error('The last step fails.')
        },
      },
    }
    await fake.webhooks.deliver(receiver(fragile, fake))
    expect((await stateOf(organizationId))?.invoices).toEqual([])
    expect(await recordedByCard(collector, organizationId)).toBe(0n)
    isBroken = false
    await fake.webhooks.deliver(receiver(fragile, fake), (events) => [...events, ...events])
    expect(await recordedByCard(collector, organizationId)).toBe(5000n)
  })

  it('that read first never replaces what another one read after it', async () => {
    const { organizationId, customerId } = await organization()
    await rename(customerId, 'Acme')
    const [early] = fake.webhooks.queued.slice(-1)
    let hasRead: () => void = () => undefined
    let goOn: () => void = () => undefined
    const read = new Promise<void>((resolve) => {
      hasRead = resolve
    })
    const wait = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const slow: TestCollector = {
      ...collector,
      provider: {
        ...collector.provider,
        async readState(id) {
          const state = await collector.provider.readState(id)
          hasRead()
          await wait
          return state
        },
      },
    }
    const send = (on: TestCollector, event: Stripe.Event | undefined) => {
      if (!event) throw new Error('There is an event.')
      const { body, signature } = fake.webhooks.signed(event)
      return receiver(on, fake)(body, signature)
    }
    const first = send(slow, early)
    await read
    await collector.provider.stripe.customers.update(customerId, {
      invoice_settings: { default_payment_method: '' },
    })
    await rename(customerId, 'Acme AG')
    const second = send(collector, fake.webhooks.queued.at(-1))
    await Promise.race([second, vi.waitFor(isSomebodyWaiting, { timeout: 20_000 })])
    goOn()
    expect(await Promise.all([first, second])).toEqual([200, 200])
    expect((await stateOf(organizationId))?.card).toBeNull()
  })

  async function isSomebodyWaiting(): Promise<void> {
    const { rows } = await product.db.pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    )
    if (rows.length === 0) throw new Error('Nobody waits.')
  }

  it('makes the newest card the one that is charged, in whichever order the cards are told', async () => {
    const { organizationId, customerId } = await organization()
    for (const card of ['pm_card_visa', 'pm_card_mastercard'] as const) {
      const url = await collector.provider.startCardSetup(customerId, RETURN_URL)
      completeCheckout(fake.account, url.slice(url.lastIndexOf('/') + 1), card)
      fake.advanceTo(fake.account.nowMs + HOUR)
    }
    await fake.webhooks.deliver(receiver(collector, fake), (events) => [...events].reverse())
    await fake.webhooks.deliver(receiver(collector, fake))
    expect((await stateOf(organizationId))?.card?.brand).toBe('mastercard')
  })

  it('of a card that was taken away is of whose it was', async () => {
    const { organizationId } = await organization()
    const card = (await stateOf(organizationId))?.card
    if (!card) throw new Error('There is a card.')
    await collector.provider.stripe.paymentMethods.detach(card.id)
    const event = fake.webhooks.queued.find(({ type }) => type === 'payment_method.detached')
    if (!event) throw new Error('There is an event.')
    const { body, signature } = fake.webhooks.signed(event)
    expect(await receiveWebhook(collector, { body, signature, now: START })).toBe('APPLIED')
    expect((await stateOf(organizationId))?.card).toBeNull()
  })

  it('that never came is carried out at night', async () => {
    const { organizationId, customerId } = await organization()
    const url = await collector.provider.startCardSetup(customerId, RETURN_URL)
    completeCheckout(fake.account, url.slice(url.lastIndexOf('/') + 1), 'pm_card_mastercard')
    await issue(collector, fake, organizationId, 5000n)
    await presentInvoices(deaf(), START)
    fake.webhooks.lose(() => true)
    const night = await reconcileStripe(collector, START + DAY)
    expect(night).toMatchObject({ customers: 1, failed: 0 })
    expect(night.events).toBeGreaterThan(0)
    expect((await stateOf(organizationId))?.card?.brand).toBe('mastercard')
    expect(await recordedByCard(collector, organizationId)).toBe(5000n)
    await reconcileStripe(collector, START + 2 * DAY)
    expect(await recordedByCard(collector, organizationId)).toBe(5000n)
  })
})

describe('500 webhooks', () => {
  it('in random order, with copies, losses and faults end as they do in order', async () => {
    const places = await Promise.all([organization(), organization(), organization()])
    const other = await createProductFixture()
    try {
      for (const { organizationId } of places) {
        for (let count = 1; count <= 7; count++)
          await issue(collector, fake, organizationId, BigInt(count * 997))
      }
      // Nothing is to be told yet: life goes on for months, and tells one after the other.
      await product.db.pool.query('UPDATE billing.collection SET next_attempt_at = NULL')
      await copyInvoices(product, other, places)
      const chaos = chaoticReceiver(String(places[0]?.customerId))
      await live(places, chaos.step)
      await chaos.deliverAll()
      expect(chaos.counts.delivered).toBeGreaterThan(500)
      expect(chaos.counts.refused).toBeGreaterThan(20)
      expect(chaos.counts.lost).toBeGreaterThan(5)

      await copyCollection(product, other)
      const orderly = collectorOver(fake, other.db, issuer)
      for (const event of fake.account.events.values()) {
        const { body, signature } = fake.webhooks.signed(event)
        expect(await receiver(orderly, fake)(body, signature)).toBe(200)
      }
      for (const { organizationId } of places.slice(1)) await compare(other, organizationId)
      // Of the first one events were lost; the night finds them.
      expect(await reconcileStripe(collector, fake.account.nowMs)).toMatchObject({ failed: 0 })
      for (const { organizationId } of places) {
        expect((await compare(other, organizationId)).payments.length).toBeGreaterThan(5)
      }
    } finally {
      await other.close()
    }
  }, 120_000)

  async function compare(other: ProductFixture, organizationId: string) {
    const inOrder = await everythingOf(other, organizationId)
    expect(await everythingOf(product, organizationId)).toEqual(inOrder)
    return inOrder
  }

  /** Cards come and go, invoices are shown, and time passes. */
  async function live(places: readonly PayingOrganization[], step: () => Promise<void>) {
    const random = seeded(5)
    const pick = <Value>(values: readonly Value[]) =>
      values[Math.floor(random() * values.length)] as Value
    const quiet = deaf()
    const cards = [
      'pm_card_visa',
      'pm_card_chargeCustomerFail',
      'pm_card_fake_declinesOnce',
    ] as const
    while (fake.account.events.size < 580) {
      const { organizationId, customerId } = pick(places)
      const chance = random()
      if (chance < 0.3) await giveCard(fake, quiet, customerId, pick(cards)).catch(() => undefined)
      else if (chance < 0.5) await rename(customerId, `Name ${random()}`)
      else await tellOfOne(organizationId)
      await presentInvoices(quiet, fake.account.nowMs)
      if (random() < 0.3) fake.advanceTo(fake.account.nowMs + Math.floor(random() * 2 * DAY))
      await step()
    }
  }

  async function tellOfOne(organizationId: string): Promise<void> {
    await product.db.pool.query(
      `UPDATE billing.collection SET next_attempt_at = $2 WHERE (organization_id, invoice_id) IN (
         SELECT organization_id, invoice_id FROM billing.collection
         WHERE organization_id = $1 AND begun_at IS NULL ORDER BY invoice_id LIMIT 1)`,
      [organizationId, fake.account.nowMs],
    )
  }

  /** Delivers while things go on: late, out of order, twice, some at once, some never, some into a fault. */
  function chaoticReceiver(unlucky: string) {
    const random = seeded(7)
    const receive = receiver(collector, fake)
    const counts = { delivered: 0, refused: 0, lost: 0 }
    const waiting = new Map<string, Stripe.Event>()
    let seen = 0
    const fault = () => {
      const kind = random() < 0.04 ? 'timeout' : 'server error'
      fake.faults.next(1, kind, (call) => call.startsWith('GET'))
    }
    const round = async () => {
      const events = [...waiting.values()]
      for (let place = events.length - 1; place > 0; place--) {
        const to = Math.floor(random() * (place + 1))
        ;[events[place], events[to]] = [events[to] as Stripe.Event, events[place] as Stripe.Event]
      }
      const sent = events.filter(() => random() < 0.5)
      const copies = sent.flatMap((event) => (random() < 0.2 ? [event, event] : [event]))
      while (copies.length > 0) {
        if (random() < 0.15) fault()
        // Some at the same time, as Stripe sends them.
        const together = copies.splice(0, 1 + Math.floor(random() * 3))
        await Promise.all(
          together.map(async (event) => {
            const { body, signature } = fake.webhooks.signed(event)
            const status = await receive(body, signature)
            counts[status === 200 ? 'delivered' : 'refused']++
            if (status === 200) waiting.delete(event.id)
          }),
        )
        fake.faults.clear()
      }
    }
    return {
      counts,
      async step() {
        for (const event of [...fake.account.events.values()].slice(seen)) {
          const isOfUnlucky = JSON.stringify(event.data.object).includes(unlucky)
          if (isOfUnlucky && random() < 0.15) counts.lost++
          else waiting.set(event.id, event)
        }
        seen = fake.account.events.size
        if (random() < 0.5) await round()
      },
      async deliverAll() {
        while (waiting.size > 0) await round()
      },
    }
  }
})

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** What became of an organization, but for when it was heard of. */
async function everythingOf({ db }: ProductFixture, organizationId: string) {
  const read = async (sql: string) => (await db.pool.query(sql, [organizationId])).rows
  return {
    state: await findState(db.pool, organizationId),
    invoices: await read(
      'SELECT id, state FROM billing.invoice WHERE organization_id = $1 ORDER BY id',
    ),
    payments: await read(
      `SELECT invoice_id, cents, method, reference, received_at FROM billing.payment
       WHERE organization_id = $1 ORDER BY invoice_id`,
    ),
    subscription: await read(
      `SELECT state, provider, past_due_since IS NULL AS paid FROM billing.subscription
       WHERE organization_id = $1`,
    ),
    declined: await read(
      `SELECT invoice_id, declined_at IS NULL AS paid FROM billing.collection
       WHERE organization_id = $1 ORDER BY invoice_id`,
    ),
  }
}

/** The same organizations with the same invoices in another database. */
async function copyInvoices(
  from: ProductFixture,
  to: ProductFixture,
  places: readonly PayingOrganization[],
): Promise<void> {
  for (const { organizationId, customerId } of places) {
    await to.db.pool.query(
      `INSERT INTO organizations (id, slug, name, created_at) VALUES ($1::uuid, $1, 'Twin', $2)`,
      [organizationId, new Date(START)],
    )
    await to.db.pool.query(
      `INSERT INTO billing.provider_customer (customer_id, organization_id, created_at) VALUES ($1, $2, 0)`,
      [customerId, organizationId],
    )
  }
  const client = await to.db.pool.connect()
  try {
    await client.query('BEGIN')
    for (const table of ['invoice', 'invoice_line']) await copyTable(from, client, table)
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

/** Which of them were shown, as what. */
async function copyCollection(from: ProductFixture, to: ProductFixture): Promise<void> {
  await copyTable(from, to.db.pool, 'collection')
  await to.db.pool.query('UPDATE billing.collection SET declined_at = NULL')
}

async function copyTable(
  { db }: ProductFixture,
  to: Pick<ProductFixture['db']['pool'], 'query'>,
  table: string,
): Promise<void> {
  const { rows } = await db.pool.query<{ row: string }>(
    `SELECT row_to_json(t)::text AS row FROM billing.${table} t`,
  )
  for (const { row } of rows) {
    await to.query(
      `INSERT INTO billing.${table} SELECT * FROM json_populate_record(NULL::billing.${table}, $1)`,
      [row],
    )
  }
}
