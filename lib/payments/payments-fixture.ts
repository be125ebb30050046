import type { UserPrincipal } from '@/lib/access/principal'
import { organizationOf } from '@/lib/billing/billing-fixture'
import { buildContext, type Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { readEnvironment } from '@/lib/env'
import { isDomainError } from '@/lib/errors'
import { charge, feeLine } from '@/lib/invoices/invoice-fixture'
import { type LedgerDocument, requireDocument } from '@/lib/invoices/invoice-ledger'
import { type Issuer, openIssuer } from '@/lib/invoices/issuer'
import { customerOf } from '@/lib/payments/buyer'
import type { Collector } from '@/lib/payments/collector'
import { mirrorCustomer } from '@/lib/payments/mirror'
import { presentInvoices } from '@/lib/payments/present-invoices'
import { openStripe } from '@/lib/payments/stripe/open-stripe'
import { type StripeProvider, stripeProvider } from '@/lib/payments/stripe/provider'
import { receiveWebhook } from '@/lib/payments/stripe/webhook'
import { agreementBy } from '@/lib/subscriptions/collection'
import type { ProductFixture } from '@/lib/testing/organization-fixture'
import type { CardName } from '@/lib/testing/stripe-fake/cards'
import { completeCheckout } from '@/lib/testing/stripe-fake/checkout'
import type { StripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const START = Date.UTC(2026, 9, 11, 8, 30)
export const RETURN_URL = 'https://settings.example.test/acme/settings/billing'

/** The provider over the fake, which tries nothing again on its own. */
export function providerOver({ host, port }: StripeFake): StripeProvider {
  const url = `http://${host}:${port}`
  return stripeProvider(openStripe({ secretKey: 'sk_test_fake', url, retries: 0, timeoutMs: 300 }))
}

export async function issuerOf(product: ProductFixture): Promise<Issuer> {
  const { crypto } = await (await product.organization()).member('ADMIN')
  return openIssuer(readEnvironment({}), crypto.emailLinks)
}

/** Keeps what fails, to look at. */
export interface TestCollector extends Collector {
  failures: unknown[]
}

export function collectorOver(
  fake: StripeFake,
  db: Pick<Database, 'pool'>,
  issuer: Issuer,
): TestCollector {
  const failures: unknown[] = []
  return {
    db,
    provider: providerOver(fake),
    webhookSecret: fake.webhooks.secret,
    news: issuer.news,
    agreement: agreementBy(issuer),
    onFailure: ({ error }) => failures.push(error),
    failures,
  }
}

export type Person = Context<UserPrincipal>
export const at = (ctx: Person, now: number): Person => buildContext({ ...ctx, now })

export interface PayingOrganization {
  organizationId: string
  customerId: string
  admin: Person
  finance: Person
}

/** An organization with a card, as a person and the webhooks make one; with null, without. */
export async function payingOrganization(
  product: ProductFixture,
  fake: StripeFake,
  collector: Collector,
  card: CardName | null = 'pm_card_visa',
): Promise<PayingOrganization> {
  const organization = await organizationOf(product, START)
  const [admin, finance] = [
    await organization.member('ADMIN'),
    await organization.member('FINANCE'),
  ]
  const organizationId = organization.id
  const now = fake.account.nowMs
  const customerId = await customerOf(collector.db, collector.provider, { organizationId, now })
  if (card) await giveCard(fake, collector, customerId, card)
  return { organizationId, customerId, admin, finance }
}

/** Goes through the page for cards and charges the new card from now on, as its webhook would. */
export async function giveCard(
  fake: StripeFake,
  collector: Collector,
  customerId: string,
  card: CardName,
): Promise<void> {
  const { provider } = collector
  const url = await provider.startCardSetup(customerId, RETURN_URL)
  const session = completeCheckout(fake.account, url.slice(url.lastIndexOf('/') + 1), card)
  const intent = fake.account.setupIntents.find(String(session.setup_intent))
  await provider.stripe.customers.update(customerId, {
    invoice_settings: { default_payment_method: String(intent.payment_method) },
  })
  await mirrorCustomer(collector, customerId, fake.account.nowMs)
}

/** Issues an invoice of so many cents. @returns its id */
export function issue(
  { db }: Pick<Collector, 'db'>,
  fake: StripeFake,
  organizationId: string,
  cents: bigint,
): Promise<string> {
  const now = fake.account.nowMs
  return charge(db, organizationId, [feeLine(cents, { from: now, to: now + 30 * DAY })], {
    at: now,
  })
}

export function documentOf(
  { db }: Pick<Collector, 'db'>,
  organizationId: string,
  id: string,
): Promise<LedgerDocument> {
  return requireDocument(db.pool, organizationId, id)
}

/** As the endpoint answers: what fails is sent again. */
export const receiver =
  (collector: Collector, fake: StripeFake) => (body: string, signature: string) =>
    receiveWebhook(collector, { body, signature, now: fake.account.nowMs }).then(
      () => 200,
      (error: unknown) => (isDomainError(error) ? 400 : 500),
    )

/** Lets the job and the webhooks run until nothing is left to do. */
export async function settleDown(collector: TestCollector, fake: StripeFake): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await presentInvoices(collector, fake.account.nowMs)
    await fake.webhooks.deliver(receiver(collector, fake))
  }
}

/** What Stripe has collected of an invoice of ours, and how often it was shown there. */
export function atStripe({ account }: StripeFake, invoiceId: string) {
  const shown = [...account.invoices.values()].filter(
    ({ metadata }) => metadata?.invoice === invoiceId,
  )
  const ids = new Set(shown.map(({ id }) => id))
  const collected = [...account.invoicePayments.values()]
    .filter(({ invoice, status }) => ids.has(String(invoice)) && status === 'paid')
    .filter(({ payment }) => payment.type === 'payment_intent')
    .reduce((sum, { amount_paid }) => sum + BigInt(amount_paid ?? 0), 0n)
  return { shown, collected }
}

/** What is recorded here as paid by card. */
export async function recordedByCard(
  { db }: Pick<Collector, 'db'>,
  organizationId: string,
): Promise<bigint> {
  const { rows } = await db.pool.query<{ cents: string }>(
    `SELECT coalesce(sum(cents), 0) AS cents FROM billing.payment
     WHERE organization_id = $1 AND method = 'CARD'`,
    [organizationId],
  )
  return BigInt(rows[0]?.cents ?? -1)
}
