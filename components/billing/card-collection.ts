import type { PaymentStanding } from '@/lib/payments/standing'

/** How the organization stands with whoever collects by card, and what the reader may do about it. */
export interface CardCollection extends PaymentStanding {
  /** Give a card, change it, pay with it. */
  mayPay: boolean
  /** Epoch ms. */
  now: number
}
