import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import {
  deleteAgentBudget,
  getAgentBudget,
  listAgentBudgets,
  setAgentBudget,
} from '@/lib/budgets/agent-budget'
import { DOLLAR, priceCents, spend, spender } from '@/lib/budgets/budget-fixture'
import { periodOf } from '@/lib/budgets/model'
import {
  deleteOrganizationBudget,
  getOrganizationBudget,
  setOrganizationBudget,
} from '@/lib/budgets/organization-budget'
import { readBudgetOverview } from '@/lib/budgets/overview'
import { getTokenBudget, setTokenBudget } from '@/lib/budgets/token-budget'
import type { Context } from '@/lib/context'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { provision, rotate } from '@/lib/testing/token-fixture'

const _HOUR = 3_600_000
const origin = 'PRODUCTION' as const
const of10 = { origin, amount: 10n * DOLLAR, thresholds: null, enforce: null }

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
let program: Context<TokenPrincipal>

beforeAll(async () => {
  product = await createProductFixture()
  await priceCents(product.db)
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  admin = await organization.member('ADMIN')
  program = await spender(organization, admin)
})

describe('a budget', () => {
  it('is made with the usual thresholds, and keeps what a change leaves out', async () => {
    const made = await setAgentBudget(admin, { agent: 'support', ...of10 })
    expect(made).toMatchObject({
      amount: 10n * DOLLAR,
      thresholds: [50, 80, 100],
      enforce: false,
      currentMonthlyCost: 0n,
      usagePercent: 0,
      runsOutAt: null,
      period: periodOf(admin.now),
    })
    await setAgentBudget(admin, { agent: 'support', ...of10, thresholds: [20], enforce: true })
    const changed = await setAgentBudget(admin, { agent: 'support', ...of10, amount: 5n * DOLLAR })
    expect(changed).toMatchObject({
      id: made.id,
      amount: 5n * DOLLAR,
      thresholds: [20],
      enforce: true,
    })
    expect(changed.createdAt).toBe(made.createdAt)
    expect(await getAgentBudget(admin, { agent: 'support', origin })).toEqual(changed)
  })

  it('counts what its subject cost in its origin, in this month alone', async () => {
    const { start } = periodOf(admin.now)
    await spend(program, 300, { agent: 'support' })
    await spend(program, 100, { agent: 'support', occurredAt: start })
    await spend(program, 5, { agent: 'support', occurredAt: start - 1 })
    await spend(program, 20, { agent: 'sales' })
    await spend(program, 1000, { agent: 'support', origin: 'TEST' })
    await setAgentBudget(admin, { agent: 'support', ...of10 })
    await setAgentBudget(admin, { agent: 'support', ...of10, origin: 'TEST' })
    await setOrganizationBudget(admin, of10)
    const tokenId = program.principal.tokenId
    await setTokenBudget(admin, { tokenId, ...of10 })
    const [production, test] = await listAgentBudgets(admin, { agent: 'support' })
    expect(production).toMatchObject({ origin, currentMonthlyCost: 4n * DOLLAR, usagePercent: 40 })
    expect(test).toMatchObject({
      origin: 'TEST',
      currentMonthlyCost: 10n * DOLLAR,
      usagePercent: 100,
    })
    const whole = { currentMonthlyCost: 4_200_000_000n, usagePercent: 42 }
    expect(await getOrganizationBudget(admin, { origin })).toMatchObject(whole)
    expect(await getTokenBudget(admin, { tokenId, origin })).toMatchObject(whole)
  })

  it('is one for all rotations of a token, of a service account too', async () => {
    const { token } = await provision(admin, ['traces:write'])
    await setTokenBudget(admin, { tokenId: token.id, ...of10 })
    const next = await rotate(admin, token.id)
    const rotated = (await organization.bearer(next.secret)) as Context<TokenPrincipal>
    await spend(rotated, 700)
    expect(await getTokenBudget(admin, { tokenId: next.id, origin })).toMatchObject({
      currentMonthlyCost: 7n * DOLLAR,
    })
  })

  it('is gone once it is removed, which can be said twice', async () => {
    await setOrganizationBudget(admin, of10)
    await deleteOrganizationBudget(admin, { origin })
    await deleteOrganizationBudget(admin, { origin })
    expect(await getOrganizationBudget(admin, { origin })).toBeNull()
  })

  it('is in the audit trail with before and after, and nothing is where nothing changed', async () => {
    await setAgentBudget(admin, { agent: 'support', ...of10 })
    await setAgentBudget(admin, { agent: 'support', ...of10 })
    await setAgentBudget(admin, { agent: 'support', ...of10, amount: 12_500_000_000n })
    await deleteAgentBudget(admin, { agent: 'support', origin })
    await deleteAgentBudget(admin, { agent: 'support', origin })
    const { items } = await listAuditEvents(admin, {
      eventTypes: ['BUDGET_SET', 'BUDGET_DELETED'],
    })
    const of = (amountUsd: number) => ({
      amountUsd,
      thresholds: ['50%', '80%', '100%'],
      enforceLimit: false,
    })
    expect(
      items.map(({ eventType, target, details }) => [eventType, target.label, details]),
    ).toEqual([
      ['BUDGET_DELETED', 'support', { origin, before: of(12.5), after: {} }],
      ['BUDGET_SET', 'support', { origin, before: of(10), after: of(12.5) }],
      ['BUDGET_SET', 'support', { origin, before: {}, after: of(10) }],
    ])
  })

  it('is one, whoever makes it at the same time', async () => {
    const amounts = [1n, 2n, 3n, 4n].map((dollars) => dollars * DOLLAR)
    await Promise.all(amounts.map((amount) => setOrganizationBudget(admin, { ...of10, amount })))
    const { items } = await listAuditEvents(admin, { eventTypes: ['BUDGET_SET'] })
    expect(items).toHaveLength(4)
    expect(items.filter(({ details }) => JSON.stringify(details.before) === '{}')).toHaveLength(1)
    expect((await readBudgetOverview(admin)).budgets).toHaveLength(1)
  })
})

describe('an agent', () => {
  it('that was never heard of is not found, unless it has a budget already', async () => {
    const ask = () => getAgentBudget(admin, { agent: 'support', origin })
    await expect(ask()).rejects.toMatchObject({ kind: 'not-found' })
    await setAgentBudget(admin, { agent: 'support', ...of10, origin: 'TEST' })
    expect(await ask()).toBeNull()
  })

  it('that has run and has no budget has none', async () => {
    await spend(program, 1, { agent: 'support' })
    expect(await getAgentBudget(admin, { agent: 'support', origin })).toBeNull()
    expect(await listAgentBudgets(admin, { agent: 'support' })).toEqual([])
  })

  it('of another organization is another agent', async () => {
    const other = await product.organization()
    const theirs = await other.member('ADMIN')
    await setAgentBudget(theirs, { agent: 'support', ...of10 })
    await spend(await spender(other, theirs), 100, { agent: 'support' })
    await expect(getAgentBudget(admin, { agent: 'support', origin })).rejects.toMatchObject({
      kind: 'not-found',
    })
    await deleteAgentBudget(admin, { agent: 'support', origin })
    expect(await getAgentBudget(theirs, { agent: 'support', origin })).not.toBeNull()
  })
})

it('tells when the money runs out at the rate of the last seven days', async () => {
  // A moment in the middle of a month, whenever the test runs: only what was just counted is looked at.
  await spend(program, 100)
  const budget = await setOrganizationBudget(admin, { ...of10, amount: 1_000_000n * DOLLAR })
  expect(budget.runsOutAt).toBeNull()
  const tight = await setOrganizationBudget(admin, { ...of10, amount: DOLLAR + 1n })
  const { end } = periodOf(admin.now)
  expect(tight.runsOutAt).toBeGreaterThanOrEqual(admin.now)
  expect(tight.runsOutAt).toBeLessThan(end)
})
