import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { creditBalance } from '@/lib/invoices/credit'
import { issueCreditNote } from '@/lib/invoices/credit-note'
import { charge, close, feeLine, PARTIES } from '@/lib/invoices/invoice-fixture'
import { getInvoice, listInvoices } from '@/lib/invoices/invoices'
import { type PaymentWish, recordPayment } from '@/lib/invoices/payments'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { endDueOrganizations } from '@/lib/organization/end'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

const DAY = 86_400_000
const AT = Date.UTC(2026, 6, 1)
const JUNE = { from: Date.UTC(2026, 5, 1), to: AT }
const JULY = { from: AT, to: Date.UTC(2026, 7, 1) }
const VAT = { name: 'VAT', basisPoints: 1900, note: null }

let product: ProductFixture
let organization: OrganizationFixture
let finance: Context<UserPrincipal>
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  finance = await organization.member('FINANCE')
})

const bill = (cents: bigint, at = AT) =>
  charge(product.db, organization.id, [feeLine(cents, JULY)], { at })
const inTransaction = <T>(work: (client: pg.PoolClient) => Promise<T>) =>
  sqlTransaction(product.db.pool, work)

function decide(invoiceId: string) {
  return {
    organizationId: organization.id,
    invoiceId,
    reason: 'A test.',
    operator: 'Ops',
    at: AT + 1,
  }
}
const voided = (id: string) => inTransaction((client) => voidInvoice(client, decide(id)))
const credited = (id: string, corrections: { line: number; cents: bigint }[] | null) =>
  inTransaction((client) => issueCreditNote(client, { ...decide(id), corrections }))
const paid = (invoiceId: string, cents: bigint, traits: Partial<PaymentWish> = {}) =>
  inTransaction((client) =>
    recordPayment(client, {
      ...{ organizationId: organization.id, invoiceId, cents, receivedAt: AT, at: AT },
      ...{ method: 'BANK_TRANSFER', reference: 'T-1', recordedBy: 'Ops', ...traits },
    }),
  )
const balance = () => creditBalance(product.db.pool, organization.id)
const stateOf = async (invoiceId: string) => (await getInvoice(finance, { invoiceId })).state

describe('a payment', () => {
  it('settles an invoice when nothing is left of it, and counts once', async () => {
    const id = await bill(5000n)
    expect(await paid(id, 2000n)).toMatchObject({ state: 'OPEN', owedCents: 3000n })
    expect(await paid(id, 2000n)).toMatchObject({ state: 'OPEN', owedCents: 3000n })
    await expect(paid(id, 2001n)).rejects.toMatchObject({ code: 'payment_differs' })
    expect(await paid(id, 3000n, { reference: 'T-2' })).toMatchObject({
      state: 'PAID',
      owedCents: 0n,
    })
    const { payments } = await getInvoice(finance, { invoiceId: id })
    expect(payments.map(({ cents, reference }) => [cents, reference])).toEqual([
      [2000n, 'T-1'],
      [3000n, 'T-2'],
    ])
  })

  it('of too much becomes credit, which pays the next invoice as far as it goes', async () => {
    await paid(await bill(5000n), 8000n)
    expect(await balance()).toBe(3000n)
    const small = await bill(1000n)
    expect(await getInvoice(finance, { invoiceId: small })).toMatchObject({
      state: 'PAID',
      snapshot: { totals: { totalCents: 1000n, creditCents: 1000n, dueCents: 0n } },
    })
    const large = await bill(2500n)
    expect(await getInvoice(finance, { invoiceId: large })).toMatchObject({ owedCents: 500n })
    expect(await balance()).toBe(0n)
  })

  it('counts once also where two report it at the same time', async () => {
    const id = await bill(5000n)
    await Promise.all(Array.from({ length: 8 }, () => paid(id, 5000n)))
    expect(await balance()).toBe(0n)
    expect((await getInvoice(finance, { invoiceId: id })).payments).toHaveLength(1)
  })

  it('is refused for nothing, without a reference, for another organization and for a void invoice', async () => {
    const id = await bill(5000n)
    await expect(paid(id, 0n)).rejects.toMatchObject({ kind: 'invalid' })
    await expect(paid(id, 1n, { reference: ' ' })).rejects.toMatchObject({ kind: 'invalid' })
    const { id: other } = await product.organization()
    await expect(paid(id, 1n, { organizationId: other })).rejects.toMatchObject({
      kind: 'not-found',
    })
    await voided(id)
    await expect(paid(id, 1n)).rejects.toMatchObject({ code: 'invoice_void' })
  })
})

describe('an invoice below nothing', () => {
  it('becomes credit', async () => {
    const lines = [feeLine(-700n, JULY), feeLine(200n, JULY)]
    const id = await charge(product.db, organization.id, lines, { at: AT })
    expect(await getInvoice(finance, { invoiceId: id })).toMatchObject({
      state: 'PAID',
      snapshot: { totals: { totalCents: -500n, creditCents: -500n, dueCents: 0n } },
    })
    expect(await balance()).toBe(500n)
  })
})

describe('a void invoice', () => {
  it('keeps its number, gives back the credit that it used, and asks for nothing', async () => {
    await paid(await bill(100n), 400n)
    const id = await bill(1000n)
    const { snapshot } = await getInvoice(finance, { invoiceId: id })
    expect(await voided(id)).toMatchObject({ state: 'VOID', owedCents: 0n, snapshot })
    expect(await balance()).toBe(300n)
    await expect(voided(id)).rejects.toMatchObject({ code: 'invoice_final' })
  })

  it('cannot come of one that was paid or corrected', async () => {
    const part = await bill(1000n)
    await paid(part, 1n)
    await expect(voided(part)).rejects.toMatchObject({ code: 'invoice_final' })
    const corrected = await bill(1000n)
    await credited(corrected, [{ line: 1, cents: 1n }])
    await expect(voided(corrected)).rejects.toMatchObject({ code: 'invoice_final' })
  })
})

describe('a credit note', () => {
  it('takes off what is left to pay first, and the rest becomes credit', async () => {
    const id = await bill(1000n)
    await paid(id, 600n)
    const first = await credited(id, [{ line: 1, cents: 300n }])
    expect(first).toMatchObject({ state: 'ISSUED', snapshot: { kind: 'CREDIT_NOTE' } })
    expect(await getInvoice(finance, { invoiceId: id })).toMatchObject({
      state: 'OPEN',
      owedCents: 100n,
    })
    await expect(credited(id, [{ line: 1, cents: 701n }])).rejects.toMatchObject({
      kind: 'invalid',
    })
    await credited(id, null)
    expect(await stateOf(id)).toBe('PAID')
    expect(await balance()).toBe(600n)
    await expect(credited(id, null)).rejects.toMatchObject({ kind: 'invalid' })
    const { creditNotes } = await getInvoice(finance, { invoiceId: id })
    expect(creditNotes.map(({ snapshot }) => snapshot.number)).toEqual([
      expect.stringMatching(/^CN-2026-0+\d+$/),
      expect.stringMatching(/^CN-2026-0+\d+$/),
    ])
  })

  it('gives back all of the tax and no more, in however many parts', async () => {
    const id = await charge(product.db, organization.id, [feeLine(1003n, JULY)], {
      at: AT,
      parties: { ...PARTIES, tax: VAT },
    })
    const total = (await getInvoice(finance, { invoiceId: id })).snapshot.totals
    expect(total).toMatchObject({ subtotalCents: 1003n, taxCents: 191n, dueCents: 1194n })
    for (let part = 0; part < 4; part++) await credited(id, [{ line: 1, cents: 250n }])
    await credited(id, null)
    const { creditNotes, owedCents } = await getInvoice(finance, { invoiceId: id })
    const given = creditNotes.reduce((sum, { snapshot }) => sum + snapshot.totals.totalCents, 0n)
    expect([given, owedCents]).toEqual([1194n, 0n])
  })

  it('gives back no more than the invoice came to', async () => {
    const lines = [feeLine(1000n, JULY), feeLine(-400n, JULY)]
    const id = await charge(product.db, organization.id, lines, { at: AT })
    await expect(credited(id, [{ line: 1, cents: 601n }])).rejects.toMatchObject({
      kind: 'invalid',
    })
    await expect(credited(id, [{ line: 2, cents: 1n }])).rejects.toMatchObject({ kind: 'invalid' })
    await credited(id, null)
    expect(await getInvoice(finance, { invoiceId: id })).toMatchObject({ state: 'PAID' })
    expect(await balance()).toBe(0n)
  })
})

describe('seats', () => {
  it('are charged by the days on which members were there at the end', async () => {
    const members = [
      finance,
      ...(await Promise.all([1, 2, 3, 4].map(() => organization.member('MEMBER')))),
    ]
    const sql = (text: string, values: unknown[]) => product.db.pool.query(text, values)
    // Three from before, one from the 11th, one who was there for a day.
    const joined = [0, 0, 0, 10 * DAY, 20 * DAY]
    await sql('DELETE FROM memberships WHERE organization_id = $1', [organization.id])
    await sql('DELETE FROM billing.seat_change WHERE organization_id = $1', [organization.id])
    for (const [place, { principal }] of members.entries()) {
      await sql(
        `INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES ($1, $2, 'MEMBER', $3)`,
        [organization.id, principal.userId, new Date(JUNE.from + (joined[place] ?? 0))],
      )
    }
    await sql(
      `INSERT INTO billing.seat_change (organization_id, user_id, at, change) VALUES ($1, $2, $3, -1)`,
      [organization.id, members[4]?.principal.userId, new Date(JUNE.from + 21 * DAY)],
    )
    const { invoice } = await close(product.db, {
      organizationId: organization.id,
      period: JUNE,
      at: AT,
    })
    // 20 days of one and 1 of another, of 30, at $15.
    expect(invoice?.snapshot.lines).toMatchObject([
      { kind: 'SEATS', quantity: 21n, cents: 1050n, nano: 10_500_000_000n, residueNano: 0n },
    ])
  })

  it('are counted by whoever makes or ends a membership', async () => {
    const leaver = await organization.member('MEMBER')
    await product.db.pool.query('DELETE FROM memberships WHERE user_id = $1', [
      leaver.principal.userId,
    ])
    const { rows } = await product.db.pool.query<{ change: number }>(
      'SELECT change FROM billing.seat_change WHERE organization_id = $1 ORDER BY seq',
      [organization.id],
    )
    expect(rows.map(({ change }) => change)).toEqual([1, 1, -1])
  })
})

describe('the ledger', () => {
  it.each([
    ['another amount', 'UPDATE billing.invoice SET due_cents = 1 WHERE id = $1'],
    ['another buyer', `UPDATE billing.invoice SET snapshot = '{}' WHERE id = $1`],
    ['a way back', `UPDATE billing.invoice SET state = 'OPEN' WHERE id = $1`],
    ['another date of the state', 'UPDATE billing.invoice SET state_at = issued_at WHERE id = $1'],
    ['removal', 'DELETE FROM billing.invoice WHERE id = $1'],
    ['another line', 'UPDATE billing.invoice_line SET cents = 1 WHERE invoice_id = $1'],
    ['removal of a line', 'DELETE FROM billing.invoice_line WHERE invoice_id = $1'],
    ['removal of a payment', 'DELETE FROM billing.payment WHERE invoice_id = $1'],
    [
      'a line more',
      `INSERT INTO billing.invoice_line SELECT organization_id, invoice_id, line + 1, kind, charge_key, provider,
         model, period_from, period_to, description, quantity, unit, nano, cents, residue_nano, tax_cents
       FROM billing.invoice_line WHERE invoice_id = $1`,
    ],
    ['a number that is skipped', "UPDATE billing.number_series SET last = last + 2 WHERE $1 <> ''"],
  ])('refuses %s', async (_title, statement) => {
    const id = await bill(1000n)
    await paid(id, 1000n)
    await expect(product.db.pool.query(statement, [id])).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|23514)$/),
    })
  })

  it('outlives the organization', async () => {
    const id = await bill(1000n)
    await product.db.pool.query(
      `UPDATE organizations SET deletion_asked_at = now(), deletes_at = now() - interval '1 second' WHERE id = $1`,
      [organization.id],
    )
    expect(await endDueOrganizations(product.db)).toBe(1)
    const { rows } = await product.db.pool.query(
      `SELECT (SELECT count(*)::int FROM billing.invoice WHERE id = $1) AS invoices,
         (SELECT count(*)::int FROM billing.seat_change WHERE organization_id = $2) AS seats`,
      [id, organization.id],
    )
    expect(rows).toEqual([{ invoices: 1, seats: 0 }])
  })
})

describe('the list', () => {
  it('comes in pages, newest first, to finance and not to members or other organizations', async () => {
    const ids = [await bill(1n, AT), await bill(2n, AT + 5), await bill(3n, AT + 5)]
    await credited(ids[0] ?? '', null)
    const seen: string[] = []
    let pageToken: string | undefined
    do {
      const page = await listInvoices(finance, { pageSize: 1, pageToken })
      expect(page.totalCount).toBe(4)
      seen.push(...page.items.map(({ snapshot }) => snapshot.number))
      pageToken = page.nextPageToken
    } while (pageToken)
    expect(seen).toHaveLength(4)
    expect(new Set(seen).size).toBe(4)
    const member = await organization.member('MEMBER')
    await expect(listInvoices(member)).rejects.toMatchObject({ kind: 'forbidden' })
    const elsewhere = await (await product.organization()).member('ADMIN')
    const foreign = { invoiceId: ids[0] ?? '' }
    await expect(getInvoice(elsewhere, foreign)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(getInvoice(finance, { invoiceId: 'x' })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('tells what is past due after 14 days, to the millisecond', async () => {
    const id = await bill(1000n)
    const dueAt = AT + 14 * DAY
    expect(await getInvoice({ ...finance, now: dueAt }, { invoiceId: id })).toMatchObject({
      isPastDue: false,
    })
    expect(await getInvoice({ ...finance, now: dueAt + 1 }, { invoiceId: id })).toMatchObject({
      isPastDue: true,
    })
    await paid(id, 1000n)
    expect(await getInvoice({ ...finance, now: dueAt + 1 }, { invoiceId: id })).toMatchObject({
      isPastDue: false,
    })
  })
})
