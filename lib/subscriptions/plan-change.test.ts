import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import {
  organizationOf,
  type RecordingBilling,
  recordingBilling,
} from '@/lib/billing/billing-fixture'
import { buildContext, type Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { billingPeriodAt } from '@/lib/plans/billing-period'
import { isUpgrade, PLAN_IDS, PLANS } from '@/lib/plans/plan'
import { currentPlan } from '@/lib/plans/queries'
import { changePlan, PREVIEW_MS, previewPlanChange } from '@/lib/subscriptions/plan-change'
import { readSubscription } from '@/lib/subscriptions/queries'
import { beginning } from '@/lib/subscriptions/subscription'
import {
  cancelSubscription,
  resumeSubscription,
  startTrial,
  withdrawScheduledChange,
} from '@/lib/subscriptions/subscription-commands'
import { storeBeginning } from '@/lib/subscriptions/subscription-store'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

const DAY = 86_400_000
const utc = (text: string) => Date.parse(`${text}T00:00:00Z`)
const CREATED = Date.parse('2026-01-31T15:00:00Z')

let product: ProductFixture
let billing: RecordingBilling
beforeAll(async () => {
  product = await createProductFixture()
  billing = await recordingBilling(product.db)
})
afterAll(() => product.close())

async function adminOf(organization?: OrganizationFixture) {
  const place = organization ?? (await organizationOf(product, CREATED))
  return { organization: place, admin: await place.member('ADMIN') }
}

const at = (ctx: Context<UserPrincipal>, now: number) => buildContext({ ...ctx, now })

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('It was allowed.'),
    (refused: unknown) => refused,
  )
  if (!isDomainError(error)) throw error
  return error.code
}

const chargesOf = ({ organization }: Context) =>
  billing.charges.filter(({ organizationId }) => organizationId === organization.id)

describe('a change of plan', () => {
  it('costs what was previewed, to the cent, whenever it is and however much later it is confirmed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PLAN_IDS),
        fc.constantFrom(...PLAN_IDS),
        fc.integer({ min: utc('2024-01-15'), max: utc('2028-04-01') }),
        fc.integer({ min: 1, max: 31 }),
        fc.integer({ min: 0, max: PREVIEW_MS }),
        async (from, to, now, anchorDay, wait) => {
          fc.pre(from !== to)
          const { organization, admin } = await adminOf()
          const period = billingPeriodAt(now, anchorDay)
          fc.pre(now + wait < period.to)
          const first = { ...beginning(now), anchorDay, period, changedAt: period.from }
          await storeBeginning(product.db.pool, organization.id, { ...first, plan: PLANS[from] })
          const preview = await previewPlanChange(at(admin, now), { plan: to })
          const order = { plan: to, basis: preview.basis }
          const after = await changePlan(at(admin, now + wait), billing, order)
          const charges = chargesOf(admin)
          expect(charges.flatMap(({ lines }) => lines)).toEqual(preview.lines)
          expect(preview.takesEffect).toBe(isUpgrade(from, to) ? 'NOW' : 'AT_PERIOD_END')
          expect(after.plan.id).toBe(isUpgrade(from, to) ? to : from)
          expect((await readSubscription(at(admin, period.to))).plan.id).toBe(to)
          for (const charge of charges) expect(charge.at).toBe(now)
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  it('is refused where it is not as previewed any more', async () => {
    const { admin } = await adminOf()
    const now = utc('2026-02-10')
    const { basis } = await previewPlanChange(at(admin, now), { plan: 'TEAM' })
    const change = (ctx: Context, changed: Partial<typeof basis> = {}) =>
      codeOf(changePlan(ctx, billing, { plan: 'TEAM', basis: { ...basis, ...changed } }))
    expect(await change(at(admin, now + PREVIEW_MS + 1))).toBe('preview_expired')
    expect(await change(at(admin, now), { asOf: now + 1 })).toBe('preview_changed')
    expect(await change(at(admin, now), { asOf: now - DAY / 200 })).toBe('preview_changed')
    expect(await change(at(admin, now), { totalCents: 0n })).toBe('preview_changed')
    expect(await change(at(admin, now), { version: 0 })).toBe('preview_changed')
    await startTrial(at(admin, now + 1), billing, { plan: 'BUSINESS' })
    expect(await change(at(admin, now + 2))).toBe('preview_changed')
    expect(chargesOf(admin)).toEqual([])
  })

  it('is refused over the end of the period it was previewed in', async () => {
    const { admin } = await adminOf()
    const now = utc('2026-02-28') - 1
    const { basis } = await previewPlanChange(at(admin, now), { plan: 'TEAM' })
    const late = changePlan(at(admin, now + 1), billing, { plan: 'TEAM', basis })
    expect(await codeOf(late)).toBe('preview_changed')
  })

  it('happens once, however many confirm it at once', async () => {
    const { admin } = await adminOf()
    const now = utc('2026-02-10')
    const { basis } = await previewPlanChange(at(admin, now), { plan: 'TEAM' })
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, () => changePlan(at(admin, now), billing, { plan: 'TEAM', basis })),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refusals = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(refusals)).toEqual(new Set(['preview_changed']))
    expect(chargesOf(admin)).toHaveLength(1)
  })

  it('stands or falls with its charge', async () => {
    const { admin } = await adminOf()
    const now = utc('2026-02-10')
    const { basis } = await previewPlanChange(at(admin, now), { plan: 'TEAM' })
    const failing = { ...billing, charge: () => Promise.reject(new Error('No invoice.')) }
    await expect(changePlan(at(admin, now), failing, { plan: 'TEAM', basis })).rejects.toThrow(
      'No invoice.',
    )
    expect(await readSubscription(at(admin, now))).toMatchObject({ plan: { id: 'STARTER' } })
  })

  it('lists the limits of the smaller plan that present use goes beyond', async () => {
    const { organization, admin } = await adminOf()
    for (const role of ['FINANCE', 'MEMBER', 'MEMBER'] as const) await organization.member(role)
    const now = utc('2026-02-10')
    await product.db.pool.query(
      `INSERT INTO usage.storage_day (organization_id, knowledge_base, bucket, last_bytes, max_bytes, last_at)
       VALUES ($1, 'docs', $2, $3, $3, $2)`,
      [organization.id, new Date(now - DAY), 6 * 1024 ** 3],
    )
    await product.db.pool.query(
      `INSERT INTO usage.day (organization_id, bucket, origin, provider, model, agent, revision, environment,
         executions, calls, unpriced_calls, input, cache_read, cache_write, cache_write_1h, input_audio, output,
         reasoning, output_audio, input_cost, output_cost)
       VALUES ($1, $2, 'PRODUCTION', 'openai', 'gpt-5', '', '', '', 0, 1, 0, 26000000, 0, 0, 0, 0, 0, 0, 0, 1, 1)`,
      [organization.id, new Date(now - DAY)],
    )
    await storeBeginning(product.db.pool, organization.id, {
      ...beginning(CREATED),
      plan: PLANS.BUSINESS,
    })
    const { exceeded } = await previewPlanChange(at(admin, now), { plan: 'STARTER' })
    expect(exceeded).toEqual([
      { limit: 'tokens', used: 26_000_000, allowance: 25_000_000 },
      { limit: 'storageBytes', used: 6 * 1024 ** 3, allowance: 5 * 1024 ** 3 },
      { limit: 'seats', used: 4, allowance: 3 },
    ])
    expect((await previewPlanChange(at(admin, now), { plan: 'TEAM' })).exceeded).toEqual([])
  })

  it('is told in the audit trail, with what it cost', async () => {
    const { admin } = await adminOf()
    const now = utc('2026-02-14')
    const { basis } = await previewPlanChange(at(admin, now), { plan: 'TEAM' })
    await changePlan(at(admin, now), billing, { plan: 'TEAM', basis })
    const { items } = await listAuditEvents(admin, { eventTypes: ['PLAN_CHANGED'] })
    expect(items.map(({ details, actor }) => [details, actor.id])).toEqual([
      [
        {
          before: { plan: 'Starter', state: 'ACTIVE' },
          after: { plan: 'Team', state: 'ACTIVE' },
          chargedUsd: '149.50',
        },
        admin.principal.userId,
      ],
    ])
  })
})

describe('what an admin asks of the subscription', () => {
  it('is applied after what time has done, and told to everybody who may know', async () => {
    const { organization, admin } = await adminOf()
    const finance = await organization.member('FINANCE')
    await storeBeginning(product.db.pool, organization.id, {
      ...beginning(CREATED),
      plan: PLANS.TEAM,
    })
    const later = utc('2026-04-10')
    await cancelSubscription(at(admin, later), billing)
    const closed = billing.closed.filter(({ organizationId }) => organizationId === organization.id)
    expect(closed).toHaveLength(2)
    expect(await readSubscription(at(finance, later))).toMatchObject({
      state: 'CANCELLING',
      cancelAt: utc('2026-04-30'),
      comingFee: null,
      canTry: false,
      provider: 'LEDGER',
    })
    // Twice is once.
    await cancelSubscription(at(admin, later), billing)
    await resumeSubscription(at(admin, later + 1), billing)
    expect(await readSubscription(at(finance, later))).toMatchObject({
      state: 'ACTIVE',
      comingFee: { at: utc('2026-04-30'), cents: 29_900n },
    })
    const { basis } = await previewPlanChange(at(admin, later + 2), { plan: 'STARTER' })
    await changePlan(at(admin, later + 2), billing, { plan: 'STARTER', basis })
    await withdrawScheduledChange(at(admin, later + 3), billing)
    const { items } = await listAuditEvents(admin, {})
    expect(items.map(({ eventType }) => eventType)).toEqual([
      'PLAN_CHANGE_WITHDRAWN',
      'PLAN_CHANGE_SCHEDULED',
      'SUBSCRIPTION_RESUMED',
      'CANCELLATION_ASKED',
    ])
    expect(chargesOf(admin)).toEqual([])
  })

  it('counts in the plan that usage is measured by, applied or not', async () => {
    const { organization, admin } = await adminOf()
    await storeBeginning(product.db.pool, organization.id, {
      ...beginning(CREATED),
      plan: PLANS.BUSINESS,
      scheduled: PLANS.TEAM,
    })
    for (const day of ['2026-02-27', '2026-02-28', '2026-06-30']) {
      const ctx = at(admin, utc(day))
      const { plan, period, anchorDay } = await readSubscription(ctx)
      expect(await currentPlan(ctx)).toEqual({ plan, period, anchorDay })
    }
    const ended = await adminOf()
    await storeBeginning(product.db.pool, ended.organization.id, {
      ...beginning(CREATED),
      plan: PLANS.TEAM,
      state: 'CANCELLING',
      cancelAt: utc('2026-02-28'),
    })
    for (const day of ['2026-02-27', '2026-02-28']) {
      const ctx = at(ended.admin, utc(day))
      expect((await currentPlan(ctx)).plan).toBe((await readSubscription(ctx)).plan)
    }
  })

  it('concerns nobody else’s subscription', async () => {
    const [one, other] = [await adminOf(), await adminOf()]
    await startTrial(at(one.admin, utc('2026-02-10')), billing, { plan: 'TEAM' })
    expect(await readSubscription(at(other.admin, utc('2026-02-10')))).toMatchObject({
      state: 'ACTIVE',
      canTry: true,
    })
    const stranger = at(one.admin, utc('2026-02-10'))
    const nowhere = buildContext({
      ...stranger,
      organization: { ...stranger.organization, id: newId() },
    })
    expect(await codeOf(readSubscription(nowhere))).toBe('not_found')
  })
})
