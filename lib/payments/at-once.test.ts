import { expect, it } from 'vitest'
import { recordPayment } from '@/lib/invoices/payments'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { mirrorCustomer } from '@/lib/payments/mirror'
import {
  at,
  atStripe,
  collectorOver,
  DAY,
  documentOf,
  giveCard,
  issue,
  issuerOf,
  payingOrganization,
  receiver,
  recordedByCard,
  START,
  settleDown,
} from '@/lib/payments/payments-fixture'
import { presentInvoices } from '@/lib/payments/present-invoices'
import { refreshPayments } from '@/lib/payments/refresh'
import { advanceSubscription } from '@/lib/subscriptions/advance'
import { collect, settlingAfter } from '@/lib/subscriptions/collection'
import { createProductFixture } from '@/lib/testing/organization-fixture'
import { startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

it('all who change invoices, cards and subscription go about it at once without waiting in a circle', async () => {
  const product = await createProductFixture()
  const fake = await startStripeFake(START)
  try {
    const issuer = await issuerOf(product)
    const collector = collectorOver(fake, product.db, issuer)
    const place = await payingOrganization(product, fake, collector, 'pm_card_chargeCustomerFail')
    const { organizationId, customerId, finance } = place
    const ids: string[] = []
    for (let round = 0; round < 4; round++) {
      fake.advanceTo(fake.account.nowMs + 5 * DAY)
      const now = fake.account.nowMs
      const subject = { organizationId, now }
      for (let count = 0; count < 3; count++)
        ids.push(await issue(collector, fake, organizationId, 5000n))
      const [paid = '', voided = ''] = ids.slice(-3)
      await Promise.all([
        presentInvoices(collector, now),
        presentInvoices(collector, now),
        mirrorCustomer(collector, customerId, now),
        fake.webhooks.deliver(receiver(collector, fake)),
        refreshPayments(at(finance, now), collector),
        collect(product.db, issuer, subject),
        advanceSubscription(product.db, issuer.portAt(now), subject),
        settlingAfter(product.db, issuer, subject, (client) =>
          recordPayment(client, {
            ...{ organizationId, invoiceId: paid, cents: 5000n, method: 'BANK_TRANSFER' },
            ...{ reference: 'transfer', at: now, receivedAt: now, recordedBy: 'Olga' },
          }),
        ),
        settlingAfter(product.db, issuer, subject, (client) =>
          voidInvoice(client, {
            ...{ organizationId, invoiceId: voided, reason: 'Wrong.', operator: 'Olga', at: now },
          }),
        ),
      ])
    }
    await settleDown(collector, fake)
    expect(collector.failures).toEqual([])
    expect(await recordedByCard(collector, organizationId)).toBe(0n)
    await giveCard(fake, collector, customerId, 'pm_card_visa')
    await settleDown(collector, fake)
    for (const [place, id] of ids.entries()) {
      const expected = (['PAID', 'VOID', 'PAID'] as const)[place % 3]
      expect(await documentOf(collector, organizationId, id)).toMatchObject({ state: expected })
      expect(atStripe(fake, id).collected).toBe(place % 3 === 2 ? 5000n : 0n)
    }
    expect(await recordedByCard(collector, organizationId)).toBe(20_000n)
  } finally {
    await fake.close()
    await product.close()
  }
}, 60_000)
