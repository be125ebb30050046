'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { saveBillingDetails } from '@/lib/billing/details'
import { billingDetailsSchema, changePlanSchema, choosePlanSchema } from '@/lib/billing/schema'
import { readCredits } from '@/lib/invoices/credits'
import { invoiceLines, planLine, totalsOf } from '@/lib/invoices/invoice-line'
import { listInvoiceSummaries } from '@/lib/invoices/invoice-summaries'
import { signalCollection } from '@/lib/jobs/collection-signal'
import { paymentStanding } from '@/lib/payments/standing'
import { runtime } from '@/lib/runtime'
import { changePlan, previewPlanChange } from '@/lib/subscriptions/plan-change'
import {
  cancelSubscription,
  resumeSubscription,
  startTrial,
  withdrawScheduledChange,
} from '@/lib/subscriptions/subscription-commands'

const PAGE_TOKEN_MAX = 4096
const nothing = z.strictObject({})

/** Who changes the subscription reads the page anew: nothing of it goes back from here. */
const done = async (work: Promise<unknown>): Promise<void> => {
  await work
  // What it was billed is charged at once where there is a card.
  await signalCollection(runtime())
}

/** What the change would cost, with the tax and the credit of its invoice, and how that is paid. */
export const previewPlan = action(choosePlanSchema, async (ctx, input) => {
  const { tax, collector } = runtime().billing
  const [change, credits, standing] = await Promise.all([
    previewPlanChange(ctx, input),
    readCredits(ctx),
    collector ? paymentStanding(ctx) : null,
  ])
  const lines = invoiceLines(change.lines.map(planLine), tax)
  const totals = totalsOf(lines, lines.length > 0 ? credits.balanceCents : 0n)
  const card = standing?.card ?? null
  return { change, totals, tax, card: card && { brand: card.brand, last4: card.last4 } }
})

export const choosePlan = action(changePlanSchema, (ctx, input) =>
  done(changePlan(ctx, runtime().billing.portAt(ctx.now), input)),
)

export const tryPlan = action(choosePlanSchema, (ctx, input) =>
  done(startTrial(ctx, runtime().billing.portAt(ctx.now), input)),
)

export const keepPlan = action(nothing, (ctx) =>
  done(withdrawScheduledChange(ctx, runtime().billing.portAt(ctx.now))),
)

export const cancelPlan = action(nothing, (ctx) =>
  done(cancelSubscription(ctx, runtime().billing.portAt(ctx.now))),
)

export const resumePlan = action(nothing, (ctx) =>
  done(resumeSubscription(ctx, runtime().billing.portAt(ctx.now))),
)

export const saveDetails = action(billingDetailsSchema, saveBillingDetails)

export const loadInvoices = action(
  z.strictObject({ pageToken: z.string().max(PAGE_TOKEN_MAX) }),
  listInvoiceSummaries,
)
