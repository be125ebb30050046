import { describe, expect, it } from 'vitest'
import { cardWords, declineWords, expiryWarning, expiryWords } from './card-words'

const VISA = { brand: 'visa', last4: '0341', expiresMonth: 2, expiresYear: 2027 }

describe('a card in words', () => {
  it('is its brand and last digits, whatever the provider calls the brand', () => {
    expect(cardWords(VISA)).toBe('Visa ending 0341')
    expect(cardWords({ brand: 'amex', last4: '0005' })).toBe('American Express ending 0005')
    expect(cardWords({ brand: 'something_new', last4: '1111' })).toBe('Card ending 1111')
  })

  it('says to when it is good, and how soon that is, by months of UTC', () => {
    expect(expiryWords(VISA)).toBe('Expires 02/2027')
    expect(expiryWarning(VISA, Date.UTC(2027, 0, 1))).toBe('This card expires next month')
    expect(expiryWarning(VISA, Date.UTC(2027, 1, 28, 23, 59))).toBe('This card expires this month')
    expect(expiryWarning(VISA, Date.UTC(2027, 2, 1))).toBe('This card has expired')
    expect(expiryWarning({ ...VISA, expiresMonth: 1 }, Date.UTC(2026, 11, 31))).toBe(
      'This card expires next month',
    )
  })

  it('that was declined says why and when it is tried again', () => {
    const failure = {
      invoiceId: '01890000-0000-7000-8000-000000000000',
      invoiceNumber: 'INV-2026-000001',
      reason: 'Your card has insufficient funds.',
      nextAttemptAt: Date.UTC(2026, 10, 15, 9),
    }
    expect(declineWords({ card: VISA, failure })).toBe(
      'Visa ending 0341 could not be charged: Your card has insufficient funds. Stripe tries again on 15 November 2026.',
    )
    const final = { ...failure, reason: 'Your card was declined.', nextAttemptAt: null }
    expect(declineWords({ card: null, failure: final })).toBe(
      'The card was declined. It is not tried again by itself.',
    )
  })
})
