import { z } from '@hono/zod-openapi'
import { lineToWire, wireLine, wireMoney } from '@/app/v1/_api/invoice-resource'
import { personOperation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import { decimalDollars } from '@/lib/billing/money-text'
import { readCredits } from '@/lib/invoices/credits'
import { PLAN_IDS, type Plan } from '@/lib/plans/plan'
import { runtime } from '@/lib/runtime'
import { type NextInvoice, readNextInvoice } from '@/lib/subscriptions/next-invoice'
import { readSubscription, type SubscriptionView } from '@/lib/subscriptions/queries'
import { SUBSCRIPTION_STATES } from '@/lib/subscriptions/subscription'

const wirePlan = z.strictObject({ id: z.enum(PLAN_IDS), version: z.int(), name: z.string() })

const billingSchema = z
  .strictObject({
    state: z.enum(SUBSCRIPTION_STATES).openapi({
      description: 'PAST_DUE means that an invoice is overdue; the plan counts all the same.',
    }),
    plan: wirePlan,
    nextPlan: wirePlan.nullable().openapi({ description: 'From the end of the period on.' }),
    provider: z.enum(['LEDGER', 'STRIPE']).openapi({
      description: 'Who collects payments; LEDGER means payment by invoice.',
    }),
    trialEndsAt: epochMsOrNull,
    cancelAt: epochMsOrNull,
    pastDueSince: epochMsOrNull,
    nextFee: z
      .strictObject({ at: epochMs, plan: wirePlan, amount: wireMoney })
      .nullable()
      .openapi({ description: 'If nobody does anything; without tax.' }),
    currency: z.literal('USD'),
    creditBalance: wireMoney.openapi({ description: 'What the next invoices use first.' }),
    openPeriod: z
      .strictObject({
        periodStart: epochMs,
        periodEnd: epochMs,
        lines: z.array(wireLine).openapi({
          description: 'As an invoice would have them if the period ended now.',
        }),
        subtotal: wireMoney,
        tax: wireMoney,
        total: wireMoney,
      })
      .openapi({ description: 'The period under way, which no invoice has yet.' }),
  })
  .openapi('Billing')

function planToWire({ id, version, name }: Plan) {
  return { id, version, name }
}

function billingToWire(view: SubscriptionView, balanceCents: bigint, next: NextInvoice) {
  const { state, plan, scheduled, provider, trialEndsAt, cancelAt, pastDueSince, comingFee } = view
  return {
    ...{ state, provider, trialEndsAt, cancelAt, pastDueSince },
    plan: planToWire(plan),
    nextPlan: scheduled && planToWire(scheduled),
    nextFee: comingFee && {
      at: comingFee.at,
      plan: planToWire(comingFee.plan),
      amount: decimalDollars(comingFee.cents),
    },
    currency: 'USD',
    creditBalance: decimalDollars(balanceCents),
    openPeriod: {
      periodStart: next.period.from,
      periodEnd: next.period.to,
      lines: next.lines.map(lineToWire),
      subtotal: decimalDollars(next.totals.subtotalCents),
      tax: decimalDollars(next.totals.taxCents),
      total: decimalDollars(next.totals.totalCents),
    },
  }
}

export const BILLING_OPERATIONS = [
  personOperation({
    id: 'getBilling',
    tag: 'Billing',
    method: 'get',
    path: `${TENANT_PREFIX}/billing`,
    summary: 'Read the subscription and the period under way',
    description: 'What the next invoice would say now, line by line, before anything is invoiced.',
    permission: 'billing:read',
    success: { status: 200, description: 'The subscription.', schema: billingSchema },
    run: async ({ ctx }) => {
      const { tax } = runtime().billing
      const view = await readSubscription(ctx)
      const { balanceCents } = await readCredits(ctx)
      return json(billingToWire(view, balanceCents, await readNextInvoice(ctx, { tax })))
    },
  }),
]
