import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import { setAgentBudget } from '@/lib/budgets/agent-budget'
import { DOLLAR, priceCents, spend, spender } from '@/lib/budgets/budget-fixture'
import { checkAllBudgets, checkBudgets } from '@/lib/budgets/check'
import { periodOf } from '@/lib/budgets/model'
import { deleteOrganizationBudget, setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { readBudgetOverview } from '@/lib/budgets/overview'
import { setTokenBudget } from '@/lib/budgets/token-budget'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { noticesOf, outboxOf } from '@/lib/notifications/notifications-fixture'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'

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

const check = (now = admin.now) => checkBudgets(admin, organization.id, now)
const about = (ctx: Context<UserPrincipal>) =>
  noticesOf(product.db, ctx.principal.userId).then((notices) =>
    notices.filter(({ kind }) => kind.startsWith('budget-')),
  )
const thresholds = async () => (await about(admin)).map(({ facts }) => facts.threshold)
const toldThresholds = async () =>
  (await readBudgetOverview(admin)).alerts.map(({ threshold }) => threshold).sort((a, b) => a - b)

describe('a threshold', () => {
  it('is told once it is reached, and once only', async () => {
    await setOrganizationBudget(admin, of10)
    await spend(program, 499)
    expect(await check()).toBe(0)
    await spend(program, 1)
    expect(await check()).toBe(1)
    expect(await check()).toBe(0)
    await spend(program, 100)
    expect(await check()).toBe(0)
    expect(await thresholds()).toEqual([50])
    await spend(program, 200)
    await check()
    expect(await thresholds()).toEqual([50, 80])
  })

  it('is told once, however many processes look at the same time', async () => {
    await setOrganizationBudget(admin, of10)
    await spend(program, 900)
    const told = await Promise.all(Array.from({ length: 8 }, () => check()))
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await thresholds()).toEqual([80])
    expect(await toldThresholds()).toEqual([50, 80])
  })

  it('that is passed together with others is told by one notice, of the highest', async () => {
    await setOrganizationBudget(admin, of10)
    await spend(program, 1234)
    await check()
    const [notice, ...more] = await about(admin)
    expect(more).toEqual([])
    expect(notice).toMatchObject({
      kind: 'budget-exhausted',
      reason: 'ADMIN',
      inApp: true,
      email: 'INSTANT',
      facts: { threshold: 100, usagePercent: 123.4, cost: 12.34, amount: 10 },
    })
    expect(await toldThresholds()).toEqual([50, 80, 100])
    const emails = await outboxOf(product.db, admin.principal.email)
    const facts = emails
      .map((email) => email.facts)
      .find(({ title }) => String(title).includes('budget'))
    expect(facts).toMatchObject({
      title: `${admin.organization.name} has spent its monthly budget`,
      action: { path: `/${organization.slug}/settings/usage?tab=budgets` },
    })
    expect(facts?.body).toMatch(
      /^\$12\.34 of \$10\.00 was spent in \w{3} \d{4} \(UTC\), which is 123%\./,
    )
  })

  it('is told again in the next month', async () => {
    await setOrganizationBudget(admin, of10)
    await spend(program, 600)
    await check()
    const { end } = periodOf(admin.now)
    expect(await check(end)).toBe(0)
    // As if the call had come in the next month: events of the future are refused.
    await product.db.pool.query(
      'UPDATE usage.token_day SET bucket = $2 WHERE organization_id = $1',
      [organization.id, new Date(end)],
    )
    expect(await check(end)).toBe(1)
    expect(await thresholds()).toEqual([50, 50])
  })

  it('of 100% is always told where the limit is enforced', async () => {
    await setOrganizationBudget(admin, { ...of10, thresholds: [], enforce: true })
    await spend(program, 1000)
    await check()
    expect(await thresholds()).toEqual([100])
  })

  it('counts the origin of its budget alone', async () => {
    await setOrganizationBudget(admin, { ...of10, origin: 'TEST' })
    await spend(program, 5000)
    expect(await check()).toBe(0)
  })
})

describe('a change of the budget', () => {
  it('tells at once what it finds reached', async () => {
    await spend(program, 600)
    await setOrganizationBudget(admin, of10)
    expect(await thresholds()).toEqual([50])
    await setOrganizationBudget(admin, { ...of10, thresholds: [50, 60] })
    expect(await thresholds()).toEqual([50, 60])
    expect(await check()).toBe(0)
  })

  it('forgets what was told only where it is not reached any more', async () => {
    await setOrganizationBudget(admin, of10)
    await spend(program, 900)
    await check()
    // 9 of 15 dollars: 50% was told and still holds, 80% may come again.
    await setOrganizationBudget(admin, { ...of10, amount: 15n * DOLLAR })
    expect(await toldThresholds()).toEqual([50])
    expect(await thresholds()).toEqual([80])
    await spend(program, 300)
    await check()
    expect(await thresholds()).toEqual([80, 80])
  })

  it('of thresholds does not tell one again that was taken away and put back', async () => {
    await setOrganizationBudget(admin, of10)
    await spend(program, 600)
    await check()
    await setOrganizationBudget(admin, { ...of10, thresholds: [90] })
    await setOrganizationBudget(admin, { ...of10, thresholds: [50, 90] })
    expect(await thresholds()).toEqual([50])
  })

  it('that removes it forgets everything', async () => {
    await setOrganizationBudget(admin, of10)
    await spend(program, 600)
    await check()
    await deleteOrganizationBudget(admin, { origin })
    await setOrganizationBudget(admin, of10)
    expect(await thresholds()).toEqual([50, 50])
  })
})

describe('who is told', () => {
  it('is every admin and everybody of finance', async () => {
    const finance = await organization.member('FINANCE')
    const second = await organization.member('ADMIN')
    const member = await organization.member('MEMBER')
    await setAgentBudget(admin, { agent: 'support', ...of10, enforce: true })
    await spend(program, 800, { agent: 'support' })
    await check()
    expect((await about(second)).map(({ reason }) => reason)).toEqual(['ADMIN'])
    expect(await about(finance)).toMatchObject([
      { kind: 'budget-threshold', reason: 'FINANCE', facts: { subjectLabel: 'support' } },
    ])
    expect(await about(member)).toEqual([])
  })

  it('is the owner too where it is the budget of a token', async () => {
    const member = await organization.member('MEMBER')
    const own = await mint(member, { name: 'nightly', scopes: ['traces:write'] })
    await setTokenBudget(admin, { tokenId: own.id, ...of10 })
    const nightly = (await organization.bearer(own.secret)) as Context<TokenPrincipal>
    await spend(nightly, 550)
    await check()
    expect(await about(member)).toMatchObject([
      { reason: 'OWNER', facts: { subjectKind: 'TOKEN', subjectLabel: 'nightly' } },
    ])
    expect(await about(admin)).toHaveLength(1)
  })
})

it('are checked in every organization where no signal came', async () => {
  await setOrganizationBudget(admin, of10)
  await spend(program, 500)
  expect(await checkAllBudgets(admin, admin.now)).toBe(1)
  expect(await thresholds()).toEqual([50])
})

describe('the budget of an agent', () => {
  it('tells collaborators who want its alerts besides admins and finance, each once', async () => {
    const finance = await organization.member('FINANCE')
    const [one, deaf, stranger] = await Promise.all(
      [1, 2, 3].map(() => organization.member('MEMBER')),
    )
    if (!one || !deaf || !stranger) throw new Error('They are not there.')
    const agent = await giveAgent(admin, [finance, one, deaf])
    await product.db.pool.query(
      'UPDATE agents.collaborator SET budget_alerts = false WHERE user_id = $1',
      [deaf.principal.userId],
    )
    await setAgentBudget(admin, { agent, ...of10 })
    await setAgentBudget(admin, { agent: 'reported-elsewhere', ...of10 })
    await spend(program, 600, { agent })
    await check()
    const reasons = await Promise.all(
      [admin, finance, one, deaf, stranger].map(async (person) =>
        (await about(person)).map(({ reason }) => reason),
      ),
    )
    expect(reasons).toEqual([['ADMIN'], ['FINANCE'], ['COLLABORATOR'], [], []])
  })
})

/** By rows: agents are above budgets. @returns its id */
async function giveAgent(maker: Context, people: Context<UserPrincipal>[]): Promise<string> {
  const [uid, id] = [newId(), `agent-${newId().slice(-12)}`]
  await product.db.pool.query(
    `INSERT INTO agents.agent (organization_id, uid, id, display_name, description, created_at, modified_at,
       maker_kind, maker_id, maker_label)
     VALUES ($1, $2, $3, 'Agent', '', now(), now(), 'PERSON', $2, 'Maker')`,
    [maker.organization.id, uid, id],
  )
  await product.db.pool.query(
    `INSERT INTO agents.collaborator (organization_id, agent_uid, user_id, role, created_at, modified_at)
     SELECT $1, $2, person, 'VIEWER', now(), now() FROM unnest($3::uuid[]) AS person`,
    [maker.organization.id, uid, people.map(({ principal }) => principal.userId)],
  )
  return id
}
