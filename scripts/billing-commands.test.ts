import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import { organizationOf } from '@/lib/billing/billing-fixture'
import { buildContext, type Context } from '@/lib/context'
import { readEnvironment } from '@/lib/env'
import { charge, feeLine } from '@/lib/invoices/invoice-fixture'
import { listInvoices } from '@/lib/invoices/invoices'
import { type Issuer, openIssuer } from '@/lib/invoices/issuer'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
import { collect } from '@/lib/subscriptions/collection'
import { readSubscription } from '@/lib/subscriptions/queries'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { runBillingCommand } from '@/scripts/billing-commands'

const utc = (text: string) => Date.parse(`${text}T00:00:00Z`)
const PERIOD = { from: utc('2026-01-31'), to: utc('2026-02-28') }
const NOW = utc('2026-02-20')

let product: ProductFixture
let issuer: Issuer
let organization: OrganizationFixture
let finance: Context<UserPrincipal>
let number: string
let asked: string[]
let said: string[]

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await organizationOf(product, PERIOD.from)
  finance = buildContext({ ...(await organization.member('FINANCE')), now: NOW })
  issuer = openIssuer(readEnvironment({}), finance.crypto.emailLinks)
  await charge(product.db, organization.id, [feeLine(29_900n, PERIOD), feeLine(1_000n, PERIOD)], {
    at: utc('2026-02-01'),
  })
  const { items } = await listInvoices(finance)
  number = items[0]?.snapshot.number ?? ''
  asked = []
  said = []
  // Five days after it was due.
  await collect(product.db, issuer, { organizationId: organization.id, now: NOW })
})

const command = (line: string, answer = true) =>
  runBillingCommand(line.split(' '), {
    ...{ db: product.db, issuer, now: NOW },
    say: (text) => said.push(text),
    confirm: async (question) => {
      asked.push(question)
      return answer
    },
  })
const stateOf = async () => (await readSubscription(finance)).state
const invoice = async () => {
  const { items } = await listInvoices(finance)
  return items.find(({ snapshot }) => snapshot.number === number)
}
const eventsOf = async () => {
  const admin = await organization.member('ADMIN')
  const { items } = await listAuditEvents(admin, {})
  return items.map(({ eventType, details }) => ({ eventType, operator: details.operator }))
}

describe('record-payment', () => {
  const line = (rest: string) => `record-payment --by Olga --invoice ${number} ${rest}`

  it('takes the subscription out of arrears once all is paid, and says who recorded it', async () => {
    expect(await stateOf()).toBe('PAST_DUE')
    await command(line('--amount 300 --reference A1 --received 2026-02-18'))
    expect(await stateOf()).toBe('PAST_DUE')
    expect(said.at(-1)).toBe(`${number} is OPEN; $9.00 is left to pay.`)
    await command(line('--amount 9.00 --reference A2 --yes'))
    expect(await stateOf()).toBe('ACTIVE')
    expect(asked).toEqual([`Record $300.00 (A1) for ${number}?`])
    expect((await eventsOf()).slice(0, 2)).toEqual([
      { eventType: 'PAYMENT_RECORDED', operator: 'Olga' },
      { eventType: 'PAYMENT_RECORDED', operator: 'Olga' },
    ])
    const told = await noticesOf(product.db, finance.principal.userId)
    expect(told.map(({ kind }) => kind)).toEqual([
      'payment-overdue',
      'payment-recorded',
      'payment-recorded',
    ])
  })

  it('counts a reference once, and tells of it once', async () => {
    for (let time = 0; time < 3; time++) await command(line('--amount 100 --reference A1'))
    expect(await invoice()).toMatchObject({ paidCents: 10_000n })
    expect(await noticesOf(product.db, finance.principal.userId)).toHaveLength(2)
  })

  it('does nothing where nobody confirms', async () => {
    await command(line('--amount 309 --reference A1'), false)
    expect(await invoice()).toMatchObject({ paidCents: 0n, state: 'OPEN' })
  })

  it('still counts when the organization is gone', async () => {
    await product.db.pool.query('DELETE FROM billing.subscription WHERE organization_id = $1', [
      organization.id,
    ])
    await product.db.pool.query('DELETE FROM organizations WHERE id = $1', [organization.id])
    await command(line('--amount 309 --reference A1'))
    expect(said.at(-1)).toBe(`${number} is PAID; $0.00 is left to pay.`)
  })
})

it('voids an invoice that nobody paid, and the subscription is in order again', async () => {
  await command(`void --by Olga --invoice ${number} --reason Twice`)
  expect(await invoice()).toMatchObject({ state: 'VOID' })
  expect(await stateOf()).toBe('ACTIVE')
  expect((await eventsOf())[0]).toEqual({ eventType: 'INVOICE_VOIDED', operator: 'Olga' })
})

it('gives back some lines, then all that is left', async () => {
  await command(`credit-note --by Olga --invoice ${number} --reason Outage --line 1=29.90`)
  expect(said.at(-1)).toMatch(/^CN-2026-\d{6} gives back \$29\.90\.$/)
  expect(await stateOf()).toBe('PAST_DUE')
  await command(`credit-note --by Olga --invoice ${number} --reason Goodwill`)
  expect(await invoice()).toMatchObject({ state: 'PAID', owedCents: 0n })
  expect(await stateOf()).toBe('ACTIVE')
  const told = await noticesOf(product.db, finance.principal.userId)
  expect(told.filter(({ kind }) => kind === 'invoice-issued')).toMatchObject([
    { facts: { document: 'CREDIT_NOTE', amount: '$29.90' } },
    { facts: { document: 'CREDIT_NOTE', amount: '$279.10' } },
  ])
})

it('closes the periods that are over, once', async () => {
  const desk = {
    ...{ db: product.db, issuer, now: utc('2026-04-01') },
    say: (text: string) => said.push(text),
    confirm: async () => true,
  }
  const args = ['close', '--organization', organization.slug]
  await runBillingCommand(args, desk)
  expect(said).toEqual(['Closed 2026-01-31 to 2026-02-27.', 'Closed 2026-02-28 to 2026-03-30.'])
  await runBillingCommand(args, desk)
  expect(said.at(-1)).toBe('No period is over that was not closed.')
})

it.each([
  'pay',
  'record-payment --by Olga --amount 1 --reference A',
  'record-payment --invoice INV-2026-000001 --amount 1 --reference A',
  'record-payment --by Olga --invoice INV-1999-000001 --amount 1 --reference A',
  'record-payment --by Olga --invoice INV-2026-000001 --amount -1 --reference A',
  'record-payment --by Olga --invoice INV-2026-000001 --amount 1.005 --reference A',
  'record-payment --by Olga --invoice INV-2026-000001 --amount 1 --reference A --method cash',
  'record-payment --by Olga --invoice INV-2026-000001 --amount 1 --reference A --received 2027-01-01',
  'record-payment --by Olga --invoice INV-2026-000001 --amount 1 --reference A --received 2026-02-31',
  'credit-note --by Olga --invoice INV-2026-000001 --reason A --line 1',
  'void --by Olga --invoice INV-2026-000001',
  'void --by Olga --invoice INV-2026-000001 --reason A --force',
  'close',
  'close --organization nobody',
])('refuses "%s" and asks nothing', async (line) => {
  await expect(command(line)).rejects.toThrow(/\w/)
  expect(asked).toEqual([])
})
