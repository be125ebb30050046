import { day } from '@/lib/invoices/wording'
import type { Card } from '@/lib/payments/payment-provider'
import type { PaymentStanding } from '@/lib/payments/standing'

/** Cards in plain words. Of a number nothing but its last four digits is ever known here. */

const BRANDS: Record<string, string> = {
  amex: 'American Express',
  american_express: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  diners_club: 'Diners Club',
  discover: 'Discover',
  eftpos_australia: 'Eftpos',
  eftpos_au: 'Eftpos',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  union_pay: 'UnionPay',
  visa: 'Visa',
}

/** `Visa ending 4242`. */
export function cardWords({ brand, last4 }: Pick<Card, 'brand' | 'last4'>): string {
  return `${BRANDS[brand.toLowerCase()] ?? 'Card'} ending ${last4}`
}

type Expiry = Pick<Card, 'expiresMonth' | 'expiresYear'>

/** `Expires 03/2027`, as it stands on the card. */
export function expiryWords({ expiresMonth, expiresYear }: Expiry): string {
  return `Expires ${String(expiresMonth).padStart(2, '0')}/${expiresYear}`
}

/** What to warn of: the card is good to the end of its month. @param now epoch ms */
export function expiryWarning({ expiresMonth, expiresYear }: Expiry, now: number): string {
  const at = new Date(now)
  const months = (expiresYear - at.getUTCFullYear()) * 12 + expiresMonth - (at.getUTCMonth() + 1)
  if (months < 0) return 'This card has expired'
  return months === 0 ? 'This card expires this month' : 'This card expires next month'
}

/** `Visa ending 0341 could not be charged: Your card has insufficient funds. Stripe tries again on 15 November 2026.` */
export function declineWords({ card, failure }: Pick<PaymentStanding, 'card'> & Declined): string {
  const { reason, nextAttemptAt } = failure
  const next =
    nextAttemptAt === null
      ? 'It is not tried again by itself.'
      : `Stripe tries again on ${day(nextAttemptAt)}.`
  // A plain decline needs no saying twice; anything else may be about more than the card.
  const isPlain = reason === '' || /\bdeclined\.?$/.test(reason)
  const what = isPlain ? 'was declined.' : `could not be charged: ${reason}`
  return `${card ? cardWords(card) : 'The card'} ${what} ${next}`
}

type Declined = { failure: NonNullable<PaymentStanding['failure']> }
