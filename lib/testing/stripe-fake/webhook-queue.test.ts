import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 31, 10)

let fake: StripeFake
let stripe: Stripe
beforeEach(async () => {
  fake = await startStripeFake(START)
  stripe = fake.client({ maxNetworkRetries: 0 })
})
afterEach(() => fake.close())

describe('a webhook', () => {
  const receive = (seen: string[]) => async (body: string, signature: string) => {
    const event = Stripe.webhooks.constructEvent(
      body,
      signature,
      fake.webhooks.secret,
      undefined,
      undefined,
      fake.account.nowMs,
    )
    seen.push(event.id)
    return 200
  }

  it('is signed: another body, another secret and a late copy are refused', async () => {
    await stripe.customers.create({ name: 'Acme' })
    const [event] = fake.webhooks.queued
    if (!event) throw new Error('There is an event.')
    const { body, signature } = fake.webhooks.signed(event)
    const check = (text: string, secret: string, now: number) =>
      Stripe.webhooks.constructEvent(text, signature, secret, undefined, undefined, now)
    expect(check(body, fake.webhooks.secret, START).id).toBe(event.id)
    expect(() => check(body.replace('Acme', 'Evil'), fake.webhooks.secret, START)).toThrow()
    expect(() => check(body, 'whsec_other', START)).toThrow()
    expect(() => check(body, fake.webhooks.secret, START + 301_000)).toThrow(/tolerance/)
  })

  it('comes in any order, twice, late, again after a refusal, or never', async () => {
    for (let made = 0; made < 4; made++) await stripe.customers.create({})
    const all = fake.webhooks.queued.map(({ id }) => id)
    fake.webhooks.lose(({ id }) => id === all[3])
    const seen: string[] = []
    await fake.webhooks.deliver(receive(seen), ([one, two]) => (one && two ? [two, two, one] : []))
    expect(seen).toEqual([all[1], all[1], all[0]])
    expect(await fake.webhooks.deliver(async () => 500)).toBe(0)
    await fake.webhooks.deliver(receive(seen))
    expect(seen.slice(3)).toEqual([all[2]])
    expect(fake.webhooks.queued).toEqual([])
    // What was lost can still be read, which is what reconciling does.
    expect((await stripe.events.list()).data.map(({ id }) => id)).toContain(all[3])
  })

  it('shows its object as it was, not as it is', async () => {
    const { id } = await stripe.customers.create({ name: 'Before' })
    await stripe.customers.update(id, { name: 'After' })
    fake.advanceTo(START + DAY)
    const [created] = (await stripe.events.list({ type: 'customer.created' })).data
    expect(created?.data.object).toMatchObject({ name: 'Before' })
    expect(created?.created).toBe(START / 1000)
  })
})
