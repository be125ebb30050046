import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import type { Decline } from '@/lib/testing/stripe-fake/refusal'

interface Card {
  brand: string
  last4: string
  /** How often it is declined before it works. */
  declines: number
  decline: Decline | null
}

const GENERIC: Decline = { code: 'generic_decline', message: 'Your card was declined.' }
const POOR: Decline = { code: 'insufficient_funds', message: 'Your card has insufficient funds.' }

/** Test cards, by the names that Stripe gives them; those called fake are ours. */
export const CARDS = {
  pm_card_visa: { brand: 'visa', last4: '4242', declines: 0, decline: null },
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', declines: 0, decline: null },
  /** Is attached, and declined whenever it is charged. */
  pm_card_chargeCustomerFail: {
    brand: 'visa',
    last4: '0341',
    declines: Number.POSITIVE_INFINITY,
    decline: GENERIC,
  },
  /** Is declined when it is first charged, and works from then on. */
  pm_card_fake_declinesOnce: { brand: 'visa', last4: '9995', declines: 1, decline: POOR },
  /** Expires with the month in which it is given, unless told otherwise. */
  pm_card_fake_expiring: { brand: 'visa', last4: '4000', declines: 0, decline: null },
} as const satisfies Record<string, Card>
export type CardName = keyof typeof CARDS

export interface CardTraits {
  expiresMonth?: number
  expiresYear?: number
}

export function isCardName(id: string): id is CardName {
  return id in CARDS
}

/** A card that nobody has yet. */
export function makeCard(
  account: FakeAccount,
  name: CardName,
  traits: CardTraits = {},
): Stripe.PaymentMethod {
  const expiry = { ...expiryOf(account, name), ...traits }
  const { brand, last4, declines, decline }: Card = CARDS[name]
  const method = account.paymentMethods.add<Stripe.PaymentMethod>({
    id: account.id('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: brand,
      exp_month: expiry.expiresMonth,
      exp_year: expiry.expiresYear,
      fingerprint: `fingerprint${last4}`,
      funding: 'credit',
      generated_from: null,
      last4,
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: account.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  })
  if (decline) account.declining.set(method.id, { left: declines, decline })
  return method
}

function expiryOf({ nowMs }: FakeAccount, name: CardName): Required<CardTraits> {
  if (name !== 'pm_card_fake_expiring') return { expiresMonth: 12, expiresYear: 2034 }
  const now = new Date(nowMs)
  return { expiresMonth: now.getUTCMonth() + 1, expiresYear: now.getUTCFullYear() }
}

/** Asks the issuer. @returns why not; null where the money came */
export function chargeCard(account: FakeAccount, methodId: string): Decline | null {
  const declining = account.declining.get(methodId)
  if (!declining || declining.left === 0) return null
  declining.left--
  return declining.decline
}
