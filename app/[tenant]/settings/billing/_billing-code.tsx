'use client'

import dynamic from 'next/dynamic'

/** What each tab does in the browser, in a file of its own: one tab does not load another's code. */

export const SubscriptionCard = dynamic(() =>
  import('@/components/billing/subscription-card').then((module) => module.SubscriptionCard),
)

export const InvoicesPanel = dynamic(() =>
  import('@/components/billing/invoices-panel').then((module) => module.InvoicesPanel),
)

export const DetailsForm = dynamic(() =>
  import('@/components/billing/details-form').then((module) => module.DetailsForm),
)

export const BackFromPayment = dynamic(() =>
  import('@/components/billing/back-from-payment').then((module) => module.BackFromPayment),
)
