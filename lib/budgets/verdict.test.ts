import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import { setAgentBudget } from '@/lib/budgets/agent-budget'
import { DOLLAR, priceCents, spend, spender } from '@/lib/budgets/budget-fixture'
import { periodOf } from '@/lib/budgets/model'
import { getOrganizationBudget, setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { setTokenBudget } from '@/lib/budgets/token-budget'
import { askBudgets } from '@/lib/budgets/verdict'
import type { Context } from '@/lib/context'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

const HOUR = 3_600_000
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

describe('the verdict before a run', () => {
  const ask = (agent: string | null = 'support') => askBudgets(program, { agent, origin })

  it('is yes until a budget that is enforced is spent, be it of the organization, the agent or the token', async () => {
    await spend(program, 1000, { agent: 'support' })
    expect(await ask()).toEqual({ allowed: true, exhausted: [] })
    await setAgentBudget(admin, { agent: 'support', ...of10 })
    expect(await ask()).toMatchObject({
      allowed: true,
      exhausted: [{ kind: 'AGENT', enforce: false }],
    })
    await setAgentBudget(admin, { agent: 'support', ...of10, enforce: true })
    expect(await ask()).toMatchObject({ allowed: false, exhausted: [{ kind: 'AGENT' }] })
    expect(await ask('sales')).toEqual({ allowed: true, exhausted: [] })
    expect(await ask(null)).toEqual({ allowed: true, exhausted: [] })
    await setTokenBudget(admin, { tokenId: program.principal.tokenId, ...of10, enforce: true })
    expect(await ask(null)).toMatchObject({ allowed: false, exhausted: [{ kind: 'TOKEN' }] })
    const other = await spender(organization, admin)
    expect(await askBudgets(other, { agent: null, origin })).toMatchObject({ allowed: true })
    await setOrganizationBudget(admin, { ...of10, enforce: true })
    expect(await askBudgets(other, { agent: null, origin })).toMatchObject({
      allowed: false,
      exhausted: [{ kind: 'ORGANIZATION' }],
    })
  })

  it('is of the origin, of the month and to the nano-dollar', async () => {
    await spend(program, 1000)
    await setOrganizationBudget(admin, { ...of10, amount: 10n * DOLLAR + 1n, enforce: true })
    expect((await ask()).allowed).toBe(true)
    await setOrganizationBudget(admin, { ...of10, enforce: true })
    expect((await ask()).allowed).toBe(false)
    expect((await askBudgets(program, { agent: null, origin: 'TEST' })).allowed).toBe(true)
    const { end } = periodOf(program.now)
    const next = { ...program, now: end + HOUR }
    expect((await askBudgets(next, { agent: null, origin })).allowed).toBe(true)
  })

  it('never keeps what was spent from being counted', async () => {
    await setOrganizationBudget(admin, { ...of10, amount: DOLLAR, enforce: true })
    await spend(program, 500)
    await spend(program, 500)
    expect(await getOrganizationBudget(admin, { origin })).toMatchObject({
      currentMonthlyCost: 10n * DOLLAR,
      usagePercent: 1000,
    })
  })
})
