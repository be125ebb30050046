import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import { setAgentBudget } from '@/lib/budgets/agent-budget'
import { DOLLAR, priceCents, spend, spender } from '@/lib/budgets/budget-fixture'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { readBudgetOverview } from '@/lib/budgets/overview'
import { listBudgetSubjects } from '@/lib/budgets/subjects'
import { getTokenBudget, setTokenBudget } from '@/lib/budgets/token-budget'
import type { Context } from '@/lib/context'
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

describe('who', () => {
  it('may not set budgets by hand may not by token either', async () => {
    const member = await organization.member('MEMBER')
    const token = await mint(member, { scopes: ['agents:write', 'keys:read', 'keys:write'] })
    const bearer = await organization.bearer(token.secret)
    const refused = { kind: 'forbidden', code: 'role_insufficient' }
    await expect(setAgentBudget(member, { agent: 'support', ...of10 })).rejects.toMatchObject({
      code: 'insufficient_scope',
    })
    await expect(setAgentBudget(bearer, { agent: 'support', ...of10 })).rejects.toMatchObject(
      refused,
    )
    await expect(setTokenBudget(bearer, { tokenId: token.id, ...of10 })).rejects.toMatchObject(
      refused,
    )
  })

  it('sees only their own tokens sees only their budgets', async () => {
    const member = await organization.member('MEMBER')
    const own = await mint(member)
    await setTokenBudget(admin, { tokenId: own.id, ...of10 })
    await setTokenBudget(admin, { tokenId: program.principal.tokenId, ...of10 })
    await setOrganizationBudget(admin, of10)
    const kinds = async (ctx: Context) =>
      (await readBudgetOverview(ctx)).budgets.map(({ kind }) => kind).sort()
    expect(await kinds(admin)).toEqual(['ORGANIZATION', 'TOKEN', 'TOKEN'])
    expect(await kinds(member)).toEqual(['ORGANIZATION', 'TOKEN'])
    expect(await kinds(await organization.member('FINANCE'))).toEqual(await kinds(admin))
    expect((await readBudgetOverview(member)).tokens).toMatchObject([
      { tokenId: own.id, ownerLabel: member.principal.displayName },
    ])
    await expect(
      getTokenBudget(member, { tokenId: program.principal.tokenId, origin }),
    ).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('makes budgets is offered what there is, with what it cost', async () => {
    await spend(program, 250, { agent: 'support' })
    await spend(program, 50, { agent: 'support', origin: 'TEST' })
    const subjects = await listBudgetSubjects(admin)
    expect(subjects).toEqual([
      expect.objectContaining({
        kind: 'ORGANIZATION',
        cost: { PRODUCTION: 2_500_000_000n, TEST: 500_000_000n },
      }),
      expect.objectContaining({
        kind: 'AGENT',
        label: 'support',
        cost: { PRODUCTION: 2_500_000_000n, TEST: 500_000_000n },
      }),
      expect.objectContaining({
        kind: 'TOKEN',
        id: program.principal.tokenId,
        subject: program.principal.familyId,
        cost: { PRODUCTION: 2_500_000_000n, TEST: 500_000_000n },
      }),
    ])
  })

  it('is offered agents before their first call, by their names, and those that are reported by their ids', async () => {
    await spend(program, 250, { agent: 'digest' })
    await spend(program, 50, { agent: 'elsewhere' })
    const named = new Map([
      ['triage', 'Support triage'],
      ['digest', 'Weekly digest'],
    ])
    const offered = (await listBudgetSubjects(admin, named))
      .filter(({ kind }) => kind === 'AGENT')
      .map(({ id, label, cost }) => [id, label, cost.PRODUCTION])
    expect(offered).toEqual([
      ['elsewhere', 'elsewhere', 500_000_000n],
      ['triage', 'Support triage', 0n],
      ['digest', 'Weekly digest', 2_500_000_000n],
    ])
  })
})
