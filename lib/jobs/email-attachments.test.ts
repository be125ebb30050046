import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveBillingDetails } from '@/lib/billing/details'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { deliverWaiting } from '@/lib/email/delivery'
import { type MailServerFixture, startMailServer } from '@/lib/email/mail-server-fixture'
import { outboxFixture } from '@/lib/email/outbox-fixture'
import { openMailTransport } from '@/lib/email/transport'
import { issueCreditNote } from '@/lib/invoices/credit-note'
import { feeLine, PARTIES } from '@/lib/invoices/invoice-fixture'
import { requireDocument } from '@/lib/invoices/invoice-ledger'
import { renderInvoicePdf } from '@/lib/invoices/invoice-pdf'
import { invoicing } from '@/lib/invoices/invoicing'
import { openIssuer } from '@/lib/invoices/issuer'
import { attachmentsBy } from '@/lib/jobs/email-attachments'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const AT = Date.UTC(2026, 1, 28)
const PERIOD = { from: Date.UTC(2026, 0, 31), to: AT }
const EMAILS = ['books@customer.example', 'copy@customer.example']

let product: ProductFixture
let server: MailServerFixture
beforeAll(async () => {
  product = await createProductFixture()
  server = await startMailServer()
})
afterAll(async () => {
  await server.close()
  await product.close()
})

it('sends each billing address the document as a PDF, the same at each attempt', async () => {
  const admin = await (await product.organization()).member('ADMIN')
  const { db, organization, crypto } = admin
  const address = { line1: 'Street 1', line2: '', city: 'Berlin', region: '', postalCode: '10115' }
  const buyer = { company: 'Acme', country: 'DE', taxId: null, ...address }
  await saveBillingDetails(admin, { emails: EMAILS, ...buyer })
  const { runtime } = outboxFixture(db, server.url)
  const billing = openIssuer(runtime.environment, crypto.emailLinks)
  const port = invoicing(AT, async () => PARTIES, billing.news)
  const order = { organizationId: organization.id, reason: 'PLAN_CHANGED', at: AT } as const
  const ids = await sqlTransaction(db.pool, async (client) => {
    await port.charge(client, { ...order, lines: [feeLine(29_900n, PERIOD)] })
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM billing.invoice WHERE organization_id = $1',
      [organization.id],
    )
    const invoiceId = rows[0]?.id ?? ''
    const note = await issueCreditNote(
      client,
      {
        ...{ organizationId: organization.id, invoiceId, reason: 'A day of outage.' },
        ...{ operator: 'Olga', at: AT, corrections: [{ line: 1, cents: 990n }] },
      },
      billing.news,
    )
    return [invoiceId, note.id]
  })

  let refusals = 1
  server.refuseWhile(() => (refusals-- > 0 ? { code: 451, message: 'Later.' } : null))
  const mail = openMailTransport(runtime.environment)
  const sending = { ...runtime, crypto, attachmentsOf: attachmentsBy({ db, billing }) }
  await deliverWaiting(sending, mail)
  await db.pool.query('UPDATE outgoing_emails SET next_attempt_at = now()')
  await deliverWaiting(sending, mail)

  for (const id of ids) {
    const { snapshot } = await requireDocument(db.pool, organization.id, id)
    const bytes = await renderInvoicePdf(snapshot)
    const emails = server.taken.filter(({ subject }) => subject?.includes(snapshot.number))
    expect(emails.flatMap(({ recipients }) => recipients).sort()).toEqual(EMAILS)
    for (const { attachments, text } of emails) {
      expect(attachments).toHaveLength(1)
      expect(attachments[0]).toMatchObject({
        filename: `${snapshot.number}.pdf`,
        mimeType: 'application/pdf',
        disposition: 'attachment',
      })
      expect(Buffer.from(attachments[0]?.content as ArrayBuffer).equals(bytes)).toBe(true)
      expect(text).toContain(`/${organization.slug}/settings/billing/invoices/${id}`)
    }
  }
  // The notices of the admin have none.
  const others = server.taken.filter(({ recipients }) => !EMAILS.includes(recipients[0] ?? ''))
  expect(others.flatMap(({ attachments }) => attachments)).toEqual([])
})
