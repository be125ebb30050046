import { localDateTime } from '@/lib/local-date'
import { type KindDefinition, type Place, pagePath } from '@/lib/notifications/kind'

interface Document {
  /** As it is printed: INV-2026-000042. */
  number: string
  documentId: string
}

export type SubscriptionChange =
  | 'TRIAL_STARTED'
  | 'PLAN_CHANGED'
  | 'CHANGE_SCHEDULED'
  | 'CHANGE_WITHDRAWN'
  | 'CANCELLATION_ASKED'
  | 'RESUMED'

/** Amounts are written out, as on the document. Moments are epoch ms. */
export interface BillingFacts {
  'invoice-issued': Document & {
    document: 'INVOICE' | 'CREDIT_NOTE'
    /** Of an invoice what is left to pay, or null; of a credit note what it gives back. */
    amount: string | null
    dueAt: number | null
  }
  /** The card was declined where `isDeclined` says so: the invoice need not be overdue then. */
  'payment-overdue': Document & { amount: string; dueAt: number; isDeclined?: boolean }
  /** `left` is null where nothing is left to pay. */
  'payment-recorded': Document & { amount: string; left: string | null }
  'subscription-changed': {
    change: SubscriptionChange
    changedBy: string
    plan: string
    /** The plan that follows, where one is scheduled. */
    nextPlan: string | null
    /** From when on it counts. */
    at: number
  }
  'trial-ending': { plan: string; endsAt: number; fee: string }
}

const BILLING = { group: 'Billing', inApp: true, locked: null } as const

export const BILLING_KINDS: { [Kind in keyof BillingFacts]: KindDefinition<BillingFacts[Kind]> } = {
  'invoice-issued': {
    ...BILLING,
    // The document itself goes to the billing e-mail addresses.
    email: 'DAILY',
    label: 'Invoice or credit note',
    description: 'When one is issued. For admins and finance.',
    words: (facts, place) => ({
      title:
        facts.document === 'INVOICE'
          ? `Invoice ${facts.number} was issued`
          : `Credit note ${facts.number} was issued`,
      body: issued(facts, place),
      action: openDocument(facts, place),
    }),
  },
  'payment-overdue': {
    ...BILLING,
    email: 'INSTANT',
    label: 'Payment is overdue',
    description:
      'Once for each invoice that was not paid in time, or whose card was declined. For admins and finance.',
    words: (facts, place) => ({
      title: facts.isDeclined
        ? `The card was declined for invoice ${facts.number}`
        : `Invoice ${facts.number} is overdue`,
      body: facts.isDeclined
        ? `${facts.amount} could not be charged. Use another card, or pay as the invoice says. Nothing is switched off meanwhile.`
        : `${facts.amount} should have been paid by ${localDateTime(facts.dueAt, place.timeZone)}. Pay it as the invoice says. Nothing is switched off meanwhile.`,
      action: openDocument(facts, place),
    }),
  },
  'payment-recorded': {
    ...BILLING,
    email: 'DAILY',
    label: 'Payment recorded',
    description: 'When money came in for an invoice. For admins and finance.',
    words: (facts, place) => ({
      title: `A payment for ${facts.number} was recorded`,
      body:
        facts.left === null
          ? `${facts.amount} came in. Nothing is left to pay of this invoice.`
          : `${facts.amount} came in. ${facts.left} is left to pay of this invoice.`,
      action: openDocument(facts, place),
    }),
  },
  'subscription-changed': {
    ...BILLING,
    email: 'INSTANT',
    label: 'Subscription changed',
    description: 'When somebody else changes, cancels or resumes it. For admins and finance.',
    words: (facts, place) => ({
      title: CHANGED[facts.change](facts),
      body: `${facts.changedBy} did that. ${consequence(facts, place)}`,
      action: openBilling(place),
    }),
  },
  'trial-ending': {
    ...BILLING,
    email: 'INSTANT',
    label: 'Trial is about to end',
    description: 'Three days before. For admins and finance.',
    words: (facts, place) => ({
      title: `The trial of the ${facts.plan} plan is about to end`,
      body: `It ends on ${localDateTime(facts.endsAt, place.timeZone)}. From then on the plan costs ${facts.fee} for each billing period, before tax, unless it is cancelled before.`,
      action: openBilling(place),
    }),
  },
}

const CHANGED: Record<SubscriptionChange, (facts: { plan: string }) => string> = {
  TRIAL_STARTED: ({ plan }) => `A trial of the ${plan} plan was started`,
  PLAN_CHANGED: ({ plan }) => `The plan was changed to ${plan}`,
  CHANGE_SCHEDULED: () => 'Another plan was chosen for the next billing period',
  CHANGE_WITHDRAWN: ({ plan }) => `The ${plan} plan is kept after all`,
  CANCELLATION_ASKED: ({ plan }) => `The ${plan} plan was cancelled`,
  RESUMED: ({ plan }) => `The ${plan} plan was resumed`,
}

function consequence(
  { change, plan, nextPlan, at }: BillingFacts['subscription-changed'],
  { timeZone }: Place,
): string {
  const when = localDateTime(at, timeZone)
  switch (change) {
    case 'TRIAL_STARTED':
      return `It costs nothing until ${when}.`
    case 'PLAN_CHANGED':
      return `It counts since ${when}.`
    case 'CHANGE_SCHEDULED':
      return `The ${nextPlan ?? plan} plan counts from ${when} on. Until then it can be taken back.`
    case 'CANCELLATION_ASKED':
      return `It ends on ${when}. Until then it can be resumed.`
    case 'CHANGE_WITHDRAWN':
    case 'RESUMED':
      return 'It goes on as before.'
  }
}

function issued({ document, amount, dueAt }: BillingFacts['invoice-issued'], place: Place): string {
  if (amount === null) return 'There is nothing to pay.'
  if (document === 'CREDIT_NOTE') return `It gives back ${amount}.`
  return dueAt === null
    ? `It comes to ${amount}.`
    : `It comes to ${amount}, to be paid by ${localDateTime(dueAt, place.timeZone)}.`
}

function openDocument({ documentId }: Document, place: Place) {
  return {
    label: 'Open the document',
    path: pagePath(place, `settings/billing/invoices/${documentId}`),
  }
}

function openBilling(place: Place) {
  return { label: 'Open billing', path: pagePath(place, 'settings/billing') }
}
