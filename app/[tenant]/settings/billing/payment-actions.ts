'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import type { DashboardContext } from '@/app/_session/dashboard-context'
import { CARD_BEFORE } from '@/components/billing/card-return'
import { DomainError, notFound } from '@/lib/errors'
import { signalCollection } from '@/lib/jobs/collection-signal'
import { openCustomerPortal, startCardSetup } from '@/lib/payments/card-pages'
import type { Collector } from '@/lib/payments/collector'
import { payInvoice } from '@/lib/payments/pay-invoice'
import { refreshPayments } from '@/lib/payments/refresh'
import { type PaymentStanding, paymentStanding } from '@/lib/payments/standing'
import { runtime } from '@/lib/runtime'

const nothing = z.strictObject({})
const MARK_MAX = 100

/** The page of the provider on which a card is given. */
export const openCardSetup = action(nothing, async (ctx) => {
  const { provider } = collector()
  const { card } = await paymentStanding(ctx)
  const wish = { returnUrl: returnUrl(ctx, card) }
  return { url: await answered(startCardSetup(ctx, provider, wish)) }
})

/** The page of the provider with cards and receipts. */
export const openPortal = action(nothing, async (ctx) => {
  const { provider } = collector()
  const { card } = await paymentStanding(ctx)
  const wish = { returnUrl: returnUrl(ctx, card) }
  return { url: await answered(openCustomerPortal(ctx, provider, wish)) }
})

export const payByCard = action(z.strictObject({ invoiceId: z.uuid() }), (ctx, input) =>
  answered(payInvoice(ctx, collector(), input)),
)

/** After a visit to a page of the provider: what it has now counts here, whether or not its webhook has come. */
export const rereadPayments = action(
  z.strictObject({ before: z.string().max(MARK_MAX) }),
  async (ctx, { before }) => {
    await answered(refreshPayments(ctx, collector()))
    // A new card is tried at once for what another one was declined for.
    await signalCollection(runtime())
    const { card, failure } = await paymentStanding(ctx)
    return { newCard: card && markOf(card) !== before ? card : null, isDeclined: failure !== null }
  },
)

/** @throws DomainError not-found where nobody collects by card */
function collector(): Collector {
  const { collector } = runtime().billing
  if (!collector) throw notFound()
  return collector
}

/** @throws DomainError unavailable where Stripe gave no answer, or one that nobody here can do anything about */
async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isOfStripe(error)) throw error
    runtime().log.error({ err: error }, 'Stripe did not do what was asked for')
    throw new DomainError(
      'unavailable',
      'stripe_unavailable',
      'Stripe does not answer as it should. Try again in a minute.',
      { cause: error },
    )
  }
}

/** By what its client says of errors, which is not loaded for pages. */
function isOfStripe(error: unknown): boolean {
  return error instanceof Error && 'type' in error && String(error.type).startsWith('Stripe')
}

type Card = PaymentStanding['card']

/** Tells cards apart. */
function markOf(card: Card): string {
  return card ? [card.brand, card.last4, card.expiresYear, card.expiresMonth].join('-') : 'none'
}

/** Where people come back to; it says which card there was before, so that a new one is noticed. */
function returnUrl({ organization }: DashboardContext, before: Card): string {
  const { PUBLIC_URL } = runtime().environment
  const query = new URLSearchParams({ [CARD_BEFORE]: markOf(before) })
  return `${PUBLIC_URL}/${organization.slug}/settings/billing?${query}`
}
