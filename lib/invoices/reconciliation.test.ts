import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TokenPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'
import { close, feeLine, reconciled, spanOf } from '@/lib/invoices/invoice-fixture'
import { openDues } from '@/lib/invoices/open-dues'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { ingestUsage } from '@/lib/usage/ingest'
import { applyReRating, previewReRating } from '@/lib/usage/re-rating'
import { NO_TOKENS, type UsageEvent } from '@/lib/usage/usage-event'

const DAY = 86_400_000
const today = Math.floor(Date.now() / DAY) * DAY
/** One after the other; all still open to late events. The organization began in the first. */
const PERIODS = [
  { from: today - 30 * DAY, to: today - 20 * DAY },
  { from: today - 20 * DAY, to: today - 9 * DAY },
  { from: today - 9 * DAY, to: today },
] as const
const TO_COME = { from: today, to: today + 28 * DAY }

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const step = fc.oneof(
  fc.record({
    what: fc.constant('use' as const),
    /** Also before the organization's first period. */
    daysAgo: fc.integer({ min: 1, max: 33 }),
    model: fc.constantFrom('small', 'large', 'unpriced', 'a/b'),
    provider: fc.constantFrom('home', 'home/a'),
    tokens: fc.integer({ min: 1, max: 40_000_000 }),
  }),
  fc.record({
    what: fc.constant('correct' as const),
    rate: fc.integer({ min: 0, max: 9_000_000 }),
    model: fc.constantFrom('small', 'large', 'unpriced'),
  }),
  fc.record({ what: fc.constant('close' as const), period: fc.constantFrom(...PERIODS) }),
  fc.record({ what: fc.constant('void' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

async function sceneOf() {
  const organization = await product.organization()
  const { id } = organization
  await product.db.pool.query('UPDATE organizations SET created_at = $2 WHERE id = $1', [
    ...[id, new Date(today - 25 * DAY)],
  ])
  const admin = await organization.member('ADMIN')
  const { secret } = await mint(admin, { scopes: ['traces:write'] })
  const program = (await organization.bearer(secret)) as Context<TokenPrincipal>
  const meter = quietMeter()
  let moment = Date.now()

  async function price(model: string, rate: number) {
    await product.db.pool.query(
      `INSERT INTO pricing.model_price (id, organization_id, provider, model, name, valid_from, rates, source,
         created_by) SELECT gen_random_uuid(), $1, provider, $2, $2, '-infinity', $3, 'Test', 'Test'
       FROM unnest(ARRAY['home', 'home/a']) AS provider`,
      [id, model, { rates: { input: rate, output: rate } }],
    )
  }
  for (const model of ['small', 'large', 'a/b']) await price(model, 1_234_567)

  async function correct({ model, rate }: Extract<Step, { what: 'correct' }>) {
    await price(model, rate)
    const scope = { from: today - 34 * DAY, to: today, provider: null, model: null, agent: null }
    const { basis, adjustments } = await previewReRating(admin, meter, scope)
    if (adjustments === 0) return
    await applyReRating(admin, meter, { ...scope, reason: 'A test.', basis })
  }

  async function closeOne(period: (typeof PERIODS)[number]) {
    const closing = { organizationId: id, period, at: moment++ }
    const nextFee = [feeLine(29_900n, TO_COME)]
    const [one, other] = await Promise.all([
      close(product.db, { ...closing, nextFee }),
      close(product.db, { ...closing, nextFee }),
    ])
    // Of two at once only one bills, and of two after each other only the first.
    expect([one, other].filter(({ isNew }) => isNew).length).toBeLessThanOrEqual(1)
    expect(await close(product.db, closing)).toEqual({ invoice: null, isNew: false })
    for (const { snapshot } of [one.invoice, other.invoice].filter((invoice) => invoice !== null)) {
      const { lines, totals } = snapshot
      expect(lines.reduce((sum, { cents }) => sum + cents, 0n)).toBe(totals.totalCents)
      for (const line of lines) expect(line.cents * 10_000_000n + line.residueNano).toBe(line.nano)
    }
  }

  async function voidLast() {
    const { rows } = await product.db.pool.query<{ id: string }>(
      `SELECT id FROM billing.invoice WHERE organization_id = $1 AND state = 'OPEN' ORDER BY id DESC LIMIT 1`,
      [id],
    )
    if (!rows[0]) return
    const decision = {
      organizationId: id,
      invoiceId: rows[0].id,
      reason: 'A test.',
      operator: 'Test',
    }
    await sqlTransaction(product.db.pool, (client) =>
      voidInvoice(client, { ...decision, at: moment++ }),
    )
  }

  function use({ daysAgo, ...call }: Extract<Step, { what: 'use' }>) {
    const event: UsageEvent = {
      kind: 'MODEL_CALL',
      id: newId(),
      source: 'test',
      occurredAt: today - daysAgo * DAY + 1000,
      origin: 'PRODUCTION',
      ...{ agent: '', revision: '', environment: '', provider: call.provider, model: call.model },
      tokens: { ...NO_TOKENS, input: call.tokens },
    }
    return ingestUsage(program, meter, [event])
  }

  /** Of the periods that were not closed, and what came late for the others. */
  async function open() {
    const found = await Promise.all(
      [...PERIODS, TO_COME].map((period) =>
        openDues(product.db.pool, id, { period, spans: [spanOf(period)], now: moment }),
      ),
    )
    const once = new Map(
      found
        .flat()
        .map((charge) => [JSON.stringify([charge.period, charge.kind, charge.key]), charge]),
    )
    const charges = [...once.values()].filter(({ kind }) => kind === 'MODEL')
    return charges.reduce((sum, { nano }) => sum + nano, 0n)
  }

  return { id, correct, closeOne, voidLast, use, open }
}

it('bills all that was used, to the nano-dollar, however late it came and was corrected', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { id, correct, closeOne, voidLast, use, open } = await sceneOf()
      for (const one of steps) {
        if (one.what === 'use') await use(one)
        else if (one.what === 'correct') await correct(one)
        else if (one.what === 'close') await closeOne(one.period)
        else await voidLast()
        const { used, billed, onInvoices } = await reconciled(product.db.pool, id)
        expect(billed).toBe(onInvoices)
        expect(billed + (await open())).toBe(used)
      }
      for (const period of PERIODS) await closeOne(period)
      const { used, billed } = await reconciled(product.db.pool, id)
      expect(billed + (await open())).toBe(used)
      await close(product.db, {
        ...{ organizationId: id, period: TO_COME, at: Date.now() + 29 * DAY },
        nextFee: [feeLine(29_900n, TO_COME)],
      })
      // All periods are closed, and a fee took along what alone would not have come to a cent.
      expect((await reconciled(product.db.pool, id)).billed).toBe(used)
    }),
    { numRuns: 25 },
  )
}, 180_000)
