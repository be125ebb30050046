import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { isDomainError } from '@/lib/errors'
import { issueCreditNote } from '@/lib/invoices/credit-note'
import { selectDocuments } from '@/lib/invoices/invoice-ledger'
import type { Issuer } from '@/lib/invoices/issuer'
import { paymentsOf, recordPayment } from '@/lib/invoices/payments'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import type { PaymentProvider } from '@/lib/payments/payment-provider'
import {
  atStripe,
  collectorOver,
  DAY,
  giveCard,
  HOUR,
  issue,
  issuerOf,
  type PayingOrganization,
  payingOrganization,
  receiver,
  START,
  settleDown,
  type TestCollector,
} from '@/lib/payments/payments-fixture'
import { presentInvoices } from '@/lib/payments/present-invoices'
import { LEAST_CENTS } from '@/lib/payments/tell'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import type { CardName } from '@/lib/testing/stripe-fake/cards'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

let product: ProductFixture
let issuer: Issuer
beforeAll(async () => {
  product = await createProductFixture()
  issuer = await issuerOf(product)
})
afterAll(() => product.close())

const cents = fc.integer({ min: 1, max: 20_000 })
/** Which of the invoices that are there. */
const which = fc.nat(20)

const deed = fc.oneof(
  fc.record({ do: fc.constant('issue' as const), cents }),
  fc.record({ do: fc.constant('transfer' as const), which, cents }),
  fc.record({ do: fc.constant('credit' as const), which, cents }),
  fc.record({ do: fc.constant('void' as const), which }),
  fc.record({
    do: fc.constant('card' as const),
    card: fc.constantFrom<CardName>(
      'pm_card_visa',
      'pm_card_chargeCustomerFail',
      'pm_card_fake_declinesOnce',
    ),
  }),
  fc.record({ do: fc.constant('run' as const), times: fc.integer({ min: 1, max: 3 }) }),
  // What happens to an invoice while somebody tells of it.
  fc.record({ do: fc.constant('race' as const), which, cents }),
  fc.record({ do: fc.constant('quiet' as const), days: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('webhooks' as const), lost: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    do: fc.constant('fault' as const),
    fault: fc.constantFrom(
      'server error' as const,
      'server error after' as const,
      'reset after' as const,
      'rate limit' as const,
    ),
    /** Which of the next calls that change something. */
    skipped: fc.nat(5),
  }),
  fc.record({
    do: fc.constant('crash' as const),
    after: fc.constantFrom(
      'presentInvoice' as const,
      'payInvoice' as const,
      'lowerInvoice' as const,
      'settleInvoice' as const,
      'voidInvoice' as const,
      'readState' as const,
    ),
  }),
)
type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never

/** A draft is begun, and by then less is owed than a card is charged for. */
const PAID_WHILE_SHOWN: Deed[] = [
  { do: 'race', which: 0, cents: 4272 },
  { do: 'run', times: 1 },
  { do: 'void', which: 0 },
  { do: 'card', card: 'pm_card_visa' },
  { do: 'run', times: 1 },
  { do: 'issue', cents: 1 },
  { do: 'webhooks', lost: false },
  { do: 'fault', fault: 'server error', skipped: 0 },
]

describe('whatever fails, and whenever', () => {
  it('each invoice is shown once, and what Stripe collects is recorded once, to the cent', async () => {
    const property = fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 24 }), live)
    await fc.assert(property, {
      numRuns: 15,
      interruptAfterTimeLimit: 60_000,
      // The first of them is slower, and its race another one.
      examples: [[PAID_WHILE_SHOWN], [PAID_WHILE_SHOWN], [PAID_WHILE_SHOWN]],
    })
  }, 120_000)
})

async function live(deeds: Deed[]): Promise<void> {
  const fake = await startStripeFake(START)
  try {
    const calm = collectorOver(fake, product.db, issuer)
    await product.db.pool.query(
      'TRUNCATE billing.provider_customer, billing.provider_state, billing.provider_event, billing.collection',
    )
    const place = await payingOrganization(product, fake, calm)
    const crashes: string[] = []
    const fragile = { ...calm, provider: crashing(calm.provider, crashes) }
    const world = { fake, calm, fragile, place, crashes }
    await issue(calm, fake, place.organizationId, 4321n)
    for (const one of deeds) await carryOut(one, world)
    fake.faults.clear()
    crashes.length = 0
    await heal(world)
    await expectAgreement(world)
  } finally {
    await fake.close()
  }
}

interface World {
  fake: StripeFake
  calm: TestCollector
  fragile: TestCollector
  place: PayingOrganization
  crashes: string[]
}

/** Dies after a call, before anything of it is written down here. */
function crashing<Provider extends PaymentProvider>(
  provider: Provider,
  crashes: string[],
): Provider {
  const after = <Args extends unknown[], Answer>(
    name: string,
    call: (...args: Args) => Promise<Answer>,
  ) => {
    return async (...args: Args) => {
      const answer = await call(...args)
      const planned = crashes.indexOf(name)
      if (planned < 0) return answer
      crashes.splice(planned, 1)
      throw new Error(`The process dies after ${name}.`)
    }
  }
  return {
    ...provider,
    presentInvoice: after('presentInvoice', provider.presentInvoice),
    payInvoice: after('payInvoice', provider.payInvoice),
    lowerInvoice: after('lowerInvoice', provider.lowerInvoice),
    settleInvoice: after('settleInvoice', provider.settleInvoice),
    voidInvoice: after('voidInvoice', provider.voidInvoice),
    readState: after('readState', provider.readState),
  }
}

async function carryOut(one: Deed, world: World): Promise<void> {
  const { fake, calm, fragile, place, crashes } = world
  const { organizationId, customerId } = place
  const now = fake.account.nowMs
  const change = (nth: number, work: Parameters<typeof onInvoice>[2]) =>
    onInvoice(organizationId, nth, work)
  const by = { organizationId, operator: 'Olga', reason: 'Wrong.', at: now }
  switch (one.do) {
    case 'issue':
      await issue(calm, fake, organizationId, BigInt(one.cents))
      return
    case 'transfer':
      return change(one.which, transfer(world, one.cents))
    case 'race': {
      const run = presentInvoices(fragile, now)
      await Promise.all([run, change(one.which, transfer(world, one.cents))])
      return
    }
    case 'quiet':
      fake.faults.clear()
      crashes.length = 0
      return expectOnlyOwedCharged(world, () => fake.advanceTo(now + one.days * DAY))
    case 'credit':
      return change(one.which, (client, invoiceId) => {
        const corrections = [{ line: 1, cents: BigInt(one.cents) }]
        return issueCreditNote(client, { ...by, invoiceId, corrections })
      })
    case 'void':
      return change(one.which, (client, invoiceId) => voidInvoice(client, { ...by, invoiceId }))
    case 'card':
      fake.faults.clear()
      return giveCard(fake, calm, customerId, one.card)
    case 'run':
      await Promise.all(Array.from({ length: one.times }, () => presentInvoices(fragile, now)))
      return
    case 'webhooks':
      if (one.lost) fake.webhooks.lose(() => true)
      await fake.webhooks.deliver(receiver(fragile, fake))
      return
    case 'wait':
      fake.advanceTo(now + one.hours * HOUR)
      return
    case 'fault': {
      let left = one.skipped
      fake.faults.next(1, one.fault, (on) => on.startsWith('POST') && left-- <= 0)
      return
    }
    case 'crash':
      crashes.push(one.after)
  }
}

/** By bank. */
function transfer({ fake, place }: World, amount: number) {
  const now = fake.account.nowMs
  return (client: Parameters<typeof voidInvoice>[0], invoiceId: string) =>
    recordPayment(client, {
      ...{ organizationId: place.organizationId, invoiceId, method: 'BANK_TRANSFER' },
      ...{ cents: BigInt(amount), reference: `transfer ${now} ${amount}` },
      ...{ receivedAt: now, at: now, recordedBy: 'Olga' },
    })
}

/** What is charged once all was told is what is owed, or nothing. */
async function expectOnlyOwedCharged(
  { fake, calm, place: { organizationId } }: World,
  work: () => unknown,
): Promise<void> {
  await settleDown(calm, fake)
  const { rows } = await product.db.pool.query(
    'SELECT 1 FROM billing.collection WHERE next_attempt_at IS NOT NULL',
  )
  const before = (await invoicesOf(organizationId)).map(({ id, owedCents }) => ({
    ...{ id, owedCents, collected: atStripe(fake, id).collected },
  }))
  await work()
  // Something that failed waits for its turn still.
  if (rows.length > 0) return
  for (const { id, owedCents, collected } of before) {
    expect([0n, owedCents]).toContain(atStripe(fake, id).collected - collected)
  }
}

/** What our own rules refuse (a void invoice is not paid) is refused here too. */
async function onInvoice(
  organizationId: string,
  nth: number,
  work: (client: Parameters<typeof voidInvoice>[0], invoiceId: string) => Promise<unknown>,
): Promise<void> {
  const all = await invoicesOf(organizationId)
  const invoice = all[nth % all.length]
  if (!invoice) return
  await sqlTransaction(product.db.pool, (client) => work(client, invoice.id)).catch(
    (error: unknown) => {
      if (!isDomainError(error)) throw error
    },
  )
}

function invoicesOf(organizationId: string) {
  return selectDocuments(product.db.pool, organizationId, `i.kind = $2`, ['INVOICE'])
}

/** Nothing fails any more, and time goes by. */
async function heal(world: World): Promise<void> {
  const { fake, calm, place } = world
  for (let times = 0; times < 2; times++) {
    await settleDown(calm, fake)
    fake.advanceTo(fake.account.nowMs + 6 * HOUR)
  }
  await expectOnlyOwedCharged(world, async () => {
    await giveCard(fake, calm, place.customerId, 'pm_card_mastercard')
    await settleDown(calm, fake)
  })
}

async function expectAgreement({ fake, place: { organizationId } }: World): Promise<void> {
  for (const { id, state, owedCents } of await invoicesOf(organizationId)) {
    const { shown, collected } = atStripe(fake, id)
    expect(shown.length).toBeLessThanOrEqual(1)
    const recorded = (await paymentsOf(product.db.pool, organizationId, id)).filter(
      ({ method }) => method === 'CARD',
    )
    expect(recorded.reduce((sum, payment) => sum + payment.cents, 0n)).toBe(collected)
    // Whatever a card can be charged for was charged, and nothing else is left to be.
    expect(owedCents < LEAST_CENTS ? 'SETTLED' : state).toBe('SETTLED')
    expect(shown.every(({ status }) => status === 'paid' || status === 'void')).toBe(true)
  }
  const { rows } = await product.db.pool.query(
    'SELECT last_error FROM billing.collection WHERE next_attempt_at IS NOT NULL',
  )
  expect(rows).toEqual([])
}
