import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import { DOLLAR, priceCents, spend, spender } from '@/lib/budgets/budget-fixture'
import type { Context } from '@/lib/context'
import { type BillingPeriod, billingPeriodAt } from '@/lib/plans/billing-period'
import { readProjection } from '@/lib/projection/projection-query'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

const DAY = 86_400_000
/** Events are taken for 35 days back. */
const DAYS = 34

let product: ProductFixture
let organization: OrganizationFixture
let finance: Context<UserPrincipal>
let program: Context<TokenPrincipal>
/** Of ten days ago, when it had twenty days to go. */
let period: BillingPeriod

beforeAll(async () => {
  product = await createProductFixture()
  await priceCents(product.db)
  organization = await product.organization()
  finance = await organization.member('FINANCE')
  program = await spender(organization, await organization.member('ADMIN'))
  const today = Math.floor(finance.now / DAY) * DAY
  const anchorDay = new Date(today - 10 * DAY).getUTCDate()
  period = billingPeriodAt(today, anchorDay)
  finance = { ...finance, now: today }
  for (let day = 1; day <= DAYS; day++) {
    await spend(program, 100, { occurredAt: today - day * DAY, origin: 'PRODUCTION' })
    await spend(program, 200, { occurredAt: today - day * DAY + DAY - 1, origin: 'TEST' })
  }
})
afterAll(() => product.close())

describe('the projection of an organization', () => {
  it('is made of the sums of its days, of both origins', async () => {
    const days = BigInt((period.to - period.from) / DAY)
    const spent = (BigInt(finance.now - period.from) / BigInt(DAY)) * 3n * DOLLAR
    expect(await readProjection(finance, period)).toMatchObject({
      spent,
      amount: 3n * DOLLAR * days,
      method: 'RECENT_WEEKS',
      dayOfPeriod: (finance.now - period.from) / DAY + 1,
    })
  })

  it('of a period that has ended is what was spent in it', async () => {
    const before = billingPeriodAt(period.from - 1, new Date(period.from).getUTCDate())
    const known = BigInt(DAYS - Number(finance.now - period.from) / DAY)
    const spent = known * 3n * DOLLAR
    expect(await readProjection(finance, before)).toMatchObject({ spent, amount: spent })
  })

  it('is none where nothing was used, also beside one that uses much', async () => {
    const other = await product.organization()
    expect(await readProjection(await other.member('ADMIN'), period)).toBeNull()
  })

  it('is for admins and finance', async () => {
    const admin = await organization.member('ADMIN')
    expect(await readProjection({ ...admin, now: finance.now }, period)).not.toBeNull()
    for (const refused of [await organization.member('MEMBER'), program]) {
      await expect(readProjection(refused, period)).rejects.toMatchObject({ kind: 'forbidden' })
    }
  })
})
