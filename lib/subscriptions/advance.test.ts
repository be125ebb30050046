import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import {
  organizationOf,
  type RecordingBilling,
  recordingBilling,
} from '@/lib/billing/billing-fixture'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { PLANS } from '@/lib/plans/plan'
import {
  advanceSubscription,
  organizationsDue,
  recordCollection,
} from '@/lib/subscriptions/advance'
import { totalCents } from '@/lib/subscriptions/proration'
import { listSubscriptionChanges, readSubscription } from '@/lib/subscriptions/queries'
import { beginning, type Subscription } from '@/lib/subscriptions/subscription'
import { findSubscription, storeBeginning } from '@/lib/subscriptions/subscription-store'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const utc = (text: string) => Date.parse(`${text}T00:00:00Z`)
const CREATED = Date.parse('2026-01-31T15:00:00Z')

let product: ProductFixture
let billing: RecordingBilling
beforeAll(async () => {
  product = await createProductFixture()
  billing = await recordingBilling(product.db)
})
afterAll(() => product.close())

/** An organization whose subscription began so. */
async function subscribed(traits: Partial<Subscription> = {}) {
  const organization = await organizationOf(product, CREATED)
  await storeBeginning(product.db.pool, organization.id, { ...beginning(CREATED), ...traits })
  return organization
}

const advance = (organizationId: string, day: string) =>
  advanceSubscription(product.db, billing, { organizationId, now: utc(day) })
const stateOf = (organizationId: string) => findSubscription(product.db.pool, organizationId)

describe('the end of a period', () => {
  it('closes every period that was missed, oldest first, and each once', async () => {
    const { id } = await subscribed({ plan: PLANS.TEAM })
    const closed = await advance(id, '2026-05-01')
    expect(closed.map(({ period }) => period)).toEqual([
      { from: utc('2026-01-31'), to: utc('2026-02-28') },
      { from: utc('2026-02-28'), to: utc('2026-03-31') },
      { from: utc('2026-03-31'), to: utc('2026-04-30') },
    ])
    for (const { nextFee, spans, period } of closed) {
      expect(totalCents(nextFee)).toBe(29_900n)
      expect(nextFee[0]?.period.from).toBe(period.to)
      expect(spans).toEqual([{ ...period, plan: PLANS.TEAM, trial: false }])
    }
    expect(await advance(id, '2026-05-01')).toEqual([])
    expect(await billing.committed(id)).toHaveLength(3)
  })

  it('gives organizations that nobody looked after their first plan, from the day they were made', async () => {
    const { id } = await organizationOf(product, CREATED)
    expect((await stateOf(id)).period.to).toBe(utc('2026-02-28'))
    const [first] = await advance(id, '2026-03-01')
    expect(first).toMatchObject({ period: { from: utc('2026-01-31') }, nextFee: [] })
    expect(first?.spans.map(({ plan }) => plan.id)).toEqual(['STARTER'])
    expect(await stateOf(id)).toMatchObject({ state: 'ACTIVE', anchorDay: 31, revision: 2 })
  })

  it('waits for whoever is at it already: of many at once, one closes a period', async () => {
    // Whether or not there is a row to wait for.
    for (const { id } of [await subscribed(), await organizationOf(product, CREATED)]) {
      const all = await Promise.all(Array.from({ length: 12 }, () => advance(id, '2026-07-01')))
      expect(all.flat()).toHaveLength(5)
      const committed = await billing.committed(id)
      expect(new Set(committed).size).toBe(5)
      expect(committed).toHaveLength(5)
    }
  })

  it('happens whole or not at all', async () => {
    const { id } = await subscribed({ plan: PLANS.TEAM })
    const before = await stateOf(id)
    const failing = await recordingBilling(
      product.db,
      ({ period }) => period.to > utc('2026-03-01'),
    )
    const subject = { organizationId: id, now: utc('2026-05-01') }
    await expect(advanceSubscription(product.db, failing, subject)).rejects.toThrow('The invoice')
    expect(await stateOf(id)).toEqual(before)
    expect(await failing.committed(id)).toEqual([])
    expect(await advance(id, '2026-05-01')).toHaveLength(3)
  })

  it('brings the plan that was waiting, and says so in the audit trail', async () => {
    const organization = await subscribed({ plan: PLANS.BUSINESS, scheduled: PLANS.TEAM })
    const [closed] = await advance(organization.id, '2026-02-28')
    expect(totalCents(closed?.nextFee ?? [])).toBe(29_900n)
    expect(closed?.spans.map(({ plan }) => plan.id)).toEqual(['BUSINESS'])
    const admin = await organization.member('ADMIN')
    const { items } = await listAuditEvents(admin, { eventTypes: ['PLAN_CHANGED'] })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      actor: { type: 'SYSTEM' },
      details: { before: { plan: 'Business', nextPlan: 'Team' }, after: { plan: 'Team' } },
    })
  })

  it('tells which plan counted when, and where its fee was waived', async () => {
    const trialEndsAt = utc('2026-02-10')
    const { id } = await subscribed({ plan: PLANS.TEAM, state: 'TRIALING', trialEndsAt })
    const [closed] = await advance(id, '2026-03-01')
    expect(closed?.spans).toEqual([
      { from: utc('2026-01-31'), to: trialEndsAt, plan: PLANS.TEAM, trial: true },
      { from: trialEndsAt, to: utc('2026-02-28'), plan: PLANS.TEAM, trial: false },
    ])
    const [charge] = billing.charges.filter(({ organizationId }) => organizationId === id)
    expect(charge).toMatchObject({ reason: 'TRIAL_ENDED', at: trialEndsAt })
    // 18 of 28 days.
    expect(totalCents(charge?.lines ?? [])).toBe(19_221n)
  })

  it('ends a subscription that was cancelled, and goes on with what is used', async () => {
    const cancelAt = utc('2026-02-28')
    const { id } = await subscribed({ plan: PLANS.TEAM, state: 'CANCELLING', cancelAt })
    const closed = await advance(id, '2026-04-01')
    expect(closed.flatMap(({ nextFee }) => nextFee)).toEqual([])
    expect(closed.map(({ spans }) => spans.map(({ plan }) => plan.id))).toEqual([
      ['TEAM'],
      ['STARTER'],
    ])
    expect(await stateOf(id)).toMatchObject({ state: 'CANCELLED', plan: { id: 'STARTER' } })
  })
})

it('finds organizations with something to do, page by page', async () => {
  const ids = [
    (await subscribed()).id,
    (await subscribed({ plan: PLANS.TEAM, state: 'TRIALING', trialEndsAt: utc('2026-02-03') })).id,
    (await organizationOf(product, CREATED)).id,
  ]
  const due = async (day: string) => {
    const found: string[] = []
    const page = (after: string | null) =>
      organizationsDue(product.db, { now: utc(day), after, limit: 2 })
    let next = await page(null)
    while (next.length > 0) {
      found.push(...next)
      next = await page(next.at(-1) ?? null)
    }
    expect(new Set(found).size).toBe(found.length)
    return ids.map((id) => found.includes(id))
  }
  expect(await due('2026-02-01')).toEqual([false, false, true])
  expect(await due('2026-02-03')).toEqual([false, true, true])
  expect(await due('2026-02-28')).toEqual([true, true, true])
  for (const id of ids) await advance(id, '2026-02-28')
  expect(await due('2026-02-28')).toEqual([false, false, false])
})

it('remembers that an invoice is overdue, and that it was paid', async () => {
  const organization = await subscribed({ plan: PLANS.TEAM })
  const record = (type: 'MARK_PAST_DUE' | 'MARK_PAID', day: string) =>
    sqlTransaction(product.db.pool, (client) =>
      recordCollection(client, billing, { organizationId: organization.id, now: utc(day) }, type),
    )
  await record('MARK_PAST_DUE', '2026-02-05')
  await record('MARK_PAST_DUE', '2026-02-06')
  const late = { state: 'PAST_DUE', pastDueSince: utc('2026-02-05') }
  expect(await stateOf(organization.id)).toMatchObject({ ...late, revision: 2 })
  expect(await record('MARK_PAID', '2026-03-01')).toMatchObject({ state: 'ACTIVE' })
  const finance = { ...(await organization.member('FINANCE')), now: utc('2026-03-01') }
  const changes = await listSubscriptionChanges(finance)
  expect(changes.map(({ kind }) => kind)).toEqual(['PAID', 'PERIOD_BEGUN', 'FELL_DUE', 'BEGUN'])
  expect(await readSubscription(finance)).toMatchObject({ state: 'ACTIVE', pastDueSince: null })
})

it('knows no organization that is not there', async () => {
  const subject = { organizationId: newId(), now: CREATED }
  const refused = await advanceSubscription(product.db, billing, subject).catch((error) => error)
  expect(isDomainError(refused) && refused.kind).toBe('not-found')
})

it('never rewrites the history', async () => {
  const { id } = await subscribed()
  const rewrite = product.db.pool.query(
    `UPDATE billing.subscription_change SET to_plan = 'ENTERPRISE' WHERE organization_id = $1`,
    [id],
  )
  await expect(rewrite).rejects.toThrow(/never changed/)
})
