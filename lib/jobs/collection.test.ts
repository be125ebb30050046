import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { ChangeBus } from '@/lib/db/change-bus'
import { compareWithStripe, startCollection } from '@/lib/jobs/collection'
import { signalCollection } from '@/lib/jobs/collection-signal'
import {
  collectorOver,
  documentOf,
  issue,
  issuerOf,
  payingOrganization,
  type TestCollector,
} from '@/lib/payments/payments-fixture'
import type { Runtime } from '@/lib/runtime'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

let product: ProductFixture
let fake: StripeFake
let collector: TestCollector
let runtime: Pick<Runtime, 'db' | 'billing' | 'changes' | 'log'>
let lines: string[]

beforeAll(async () => {
  product = await createProductFixture()
  fake = await startStripeFake(Date.now(), { isLive: true })
  const issuer = await issuerOf(product)
  collector = collectorOver(fake, product.db, issuer)
  const changes = new ChangeBus(product.url, () => undefined)
  await changes.start()
  runtime = {
    db: product.db,
    billing: { ...issuer, collector },
    changes,
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
  }
})
afterAll(async () => {
  await runtime.changes.stop()
  await fake.close()
  await product.close()
})
beforeEach(() => {
  lines = []
})

it('charges an invoice as soon as somebody signals that there is one', async () => {
  const work = startCollection(runtime)
  const { organizationId } = await payingOrganization(product, fake, collector)
  const invoiceId = await issue(collector, fake, organizationId, 29_900n)
  const state = async () => (await documentOf(collector, organizationId, invoiceId)).state
  expect(await state()).toBe('OPEN')
  await signalCollection(runtime)
  await vi.waitFor(async () => expect(await state()).toBe('PAID'), { timeout: 20_000 })
  await work?.stop()
  expect(lines.join()).toContain('invoices presented')
})

it('finds at night what no webhook told of, and logs how much that was', async () => {
  const { organizationId, customerId } = await payingOrganization(product, fake, collector, null)
  await collector.provider.stripe.customers.update(customerId, { name: 'Another name' })
  await compareWithStripe(runtime, Date.now())
  const { rows } = await product.db.pool.query(
    'SELECT 1 FROM billing.provider_state WHERE organization_id = $1',
    [organizationId],
  )
  expect(rows).toHaveLength(1)
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    msg: 'payments compared with Stripe',
    customers: expect.any(Number),
    failed: 0,
  })
})

it('is nothing where nobody collects by card', async () => {
  const without = { ...runtime, billing: { ...runtime.billing, collector: null } }
  expect(startCollection(without)).toBeNull()
  await compareWithStripe(without, Date.now())
  expect(lines).toEqual([])
})
