import Stripe from 'stripe'
import { expect, it } from 'vitest'
import { openLog } from '@/lib/log'

const NAME = 'Wilhelmina Zauberwort'

function logged(error: unknown): string {
  const lines: string[] = []
  openLog('info', { write: (line) => lines.push(line) }).error({ err: error }, 'it failed')
  return lines.join('')
}

it('says why a call of Stripe failed, and nothing of whom it was about', () => {
  const raw = {
    type: 'card_error',
    code: 'card_declined',
    message: 'Your card was declined.',
    headers: { 'set-cookie': NAME },
    requestId: 'req_1',
    statusCode: 402,
    payment_intent: { receipt_email: NAME },
    payment_method: { billing_details: { name: NAME } },
    charge: NAME,
  } as never
  const line = logged(Stripe.errors.generateV1Error(raw))
  expect(JSON.parse(line)).toMatchObject({
    msg: 'it failed',
    err: { code: 'card_declined', message: 'Your card was declined.', requestId: 'req_1' },
  })
  expect(JSON.parse(line).err.stack).toContain('log.test.ts')
  expect(line).not.toContain(NAME)
})

it('keeps a webhook out that was refused', () => {
  const body = JSON.stringify({ name: NAME })
  let refusal: unknown
  try {
    Stripe.webhooks.constructEvent(body, 't=1,v1=00', 'whsec_secret')
  } catch (error) {
    refusal = error
  }
  for (const error of [refusal, new Error('Refused.', { cause: refusal })]) {
    const line = logged(error)
    expect(JSON.parse(line).err.message).toMatch(/signature/i)
    expect(line).not.toContain(NAME)
    expect(line).not.toContain('whsec')
  }
})
