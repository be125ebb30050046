import type pg from 'pg'
import { newId } from '@/lib/ids'
import { NO_NEWS } from '@/lib/invoices/document-news'
import { openCustomerPortal, startCardSetup } from '@/lib/payments/card-pages'
import type { Collector } from '@/lib/payments/collector'
import { payInvoice } from '@/lib/payments/pay-invoice'
import { refreshPayments } from '@/lib/payments/refresh'
import { paymentStanding } from '@/lib/payments/standing'
import { openStripe } from '@/lib/payments/stripe/open-stripe'
import { stripeProvider } from '@/lib/payments/stripe/provider'
import type { Operation } from '@/lib/testing/operation'

const returnUrl = 'https://settings.example.test'

/** Makes customers and pages of nothing. */
const pages = {
  ...stripeProvider(openStripe({ secretKey: 'sk_test_none', url: 'http://127.0.0.1:9' })),
  ensureCustomer: async () => `cus_${newId()}`,
  startCardSetup: async () => returnUrl,
  portalUrl: async () => returnUrl,
}

/** Of an installation in which nothing is stored yet: no customer, and no invoice. */
const collector: Collector = {
  db: { pool: { query: async () => ({ rows: [], rowCount: 0 }) } as unknown as pg.Pool },
  provider: pages,
  webhookSecret: 'whsec_none',
  news: NO_NEWS,
  agreement: { hold: async () => false, settle: async () => undefined },
  onFailure: () => undefined,
}

/** How invoices are paid. */
export const PAYMENT_OPERATIONS: Record<string, Operation> = {
  paymentStanding: { on: 'organization', isRead: true, run: (ctx) => paymentStanding(ctx) },
  startCardSetup: {
    on: 'organization',
    run: async (ctx) => void (await startCardSetup(ctx, pages, { returnUrl })),
  },
  openCustomerPortal: {
    on: 'organization',
    run: async (ctx) => void (await openCustomerPortal(ctx, pages, { returnUrl })),
  },
  refreshPayments: {
    on: 'organization',
    isRead: true,
    run: (ctx) => refreshPayments(ctx, collector),
  },
  // There is none: who may pay is told so.
  payInvoice: {
    on: 'organization',
    run: (ctx) => payInvoice(ctx, collector, { invoiceId: newId() }),
  },
}
