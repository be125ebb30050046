import type { BillingPort } from '@/lib/billing/charge'
import { readBillingDetails, saveBillingDetails } from '@/lib/billing/details'
import { readCredits } from '@/lib/invoices/credits'
import { PLANS } from '@/lib/plans/plan'
import { readNextInvoice } from '@/lib/subscriptions/next-invoice'
import { changePlan, previewPlanChange } from '@/lib/subscriptions/plan-change'
import { listSubscriptionChanges, readSubscription } from '@/lib/subscriptions/queries'
import { readSeatAllowance } from '@/lib/subscriptions/seat-use'
import {
  cancelSubscription,
  resumeSubscription,
  startTrial,
  withdrawScheduledChange,
} from '@/lib/subscriptions/subscription-commands'
import type { Operation } from '@/lib/testing/operation'

const unbilled: BillingPort = { charge: async () => undefined, closePeriod: async () => undefined }
const plan = 'TEAM' as const
const seats = { plan: PLANS[plan], period: { from: 0, to: 86_400_000 } }

/** What is paid for. */
export const BILLING_OPERATIONS: Record<string, Operation> = {
  readSubscription: { on: 'organization', isRead: true, run: (ctx) => readSubscription(ctx) },
  listSubscriptionChanges: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listSubscriptionChanges(ctx),
  },
  readNextInvoice: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readNextInvoice(ctx, { tax: null }),
  },
  readSeatAllowance: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readSeatAllowance(ctx, seats),
  },
  readCredits: { on: 'organization', isRead: true, run: (ctx) => readCredits(ctx) },
  previewPlanChange: {
    on: 'organization',
    isRead: true,
    run: (ctx) => previewPlanChange(ctx, { plan }),
  },
  changePlan: {
    on: 'organization',
    // Of no preview: who may change it is told so.
    run: (ctx) => {
      const basis = { asOf: ctx.now, revision: 0, version: 1, totalCents: 0n }
      return changePlan(ctx, unbilled, { plan, basis })
    },
  },
  startTrial: {
    on: 'organization',
    // A plan without a fee: who may start a trial is told so.
    run: (ctx) => startTrial(ctx, unbilled, { plan: 'STARTER' }),
  },
  withdrawScheduledChange: {
    on: 'organization',
    run: (ctx) => withdrawScheduledChange(ctx, unbilled),
  },
  cancelSubscription: { on: 'organization', run: (ctx) => cancelSubscription(ctx, unbilled) },
  resumeSubscription: { on: 'organization', run: (ctx) => resumeSubscription(ctx, unbilled) },
  readBillingDetails: { on: 'organization', isRead: true, run: (ctx) => readBillingDetails(ctx) },
  saveBillingDetails: {
    on: 'organization',
    run: (ctx) =>
      saveBillingDetails(ctx, {
        emails: ['billing@example.com'],
        company: 'Acme',
        line1: 'Street 1',
        line2: '',
        city: 'Berlin',
        region: '',
        postalCode: '10115',
        country: 'DE',
        taxId: null,
      }),
  },
}
