import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '@/e2e/api/support/world'
import { type ApiCall, callApi } from '@/e2e/support/api-client'
import { startProduct } from '@/e2e/support/product'
import { newId } from '@/lib/ids'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

/** Where Stripe knocks: no session, no token, no page of ours, only its signature. */

const PATH = '/webhooks/stripe'
const SECRET = 'whsec_ofThisEndpoint'
const KEY = 'sk_test_fake'
/** Somebody's name, in the body of every event here: it is to be found nowhere else. */
const NAME = 'Wilhelmina Zauberwort'

let fake: StripeFake
let world: World
let organizationId: string
let customerId: string

beforeAll(async () => {
  fake = await startStripeFake(Date.now())
  world = await createWorld({
    apiOnly: false,
    env: {
      STRIPE_SECRET_KEY: KEY,
      STRIPE_WEBHOOK_SECRET: SECRET,
      STRIPE_API_URL: `http://${fake.host}:${fake.port}`,
      LOG_LEVEL: 'debug',
    },
  })
  organizationId = (await world.organization()).id
  customerId = (await fake.client().customers.create({ name: NAME })).id
  await world.pool.query(
    'INSERT INTO billing.provider_customer (customer_id, organization_id, created_at) VALUES ($1, $2, $3)',
    [customerId, organizationId, Date.now()],
  )
})
afterAll(async () => {
  await world.close()
  await fake.close()
})

function eventOf(customer: string): string {
  return JSON.stringify({
    id: `evt_${newId()}`,
    object: 'event',
    type: 'customer.updated',
    created: Math.floor(Date.now() / 1000),
    data: { object: { id: customer, object: 'customer', name: NAME } },
  })
}

function signatureOf(body: string, { secondsAgo = 0, secret = SECRET } = {}): string {
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo
  return Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp })
}

function knock(body: string, signature: string, headers: Record<string, string> = {}) {
  const call: ApiCall = {
    method: 'POST',
    path: PATH,
    body,
    headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature, ...headers },
  }
  return callApi(world.product.url, call)
}

async function eventsKept(): Promise<string[]> {
  const { rows } = await world.pool.query<{ id: string }>(
    'SELECT id FROM billing.provider_event WHERE organization_id = $1',
    [organizationId],
  )
  return rows.map(({ id }) => id)
}

describe('a webhook of Stripe', () => {
  it('is taken by its signature alone, and carried out once however often it comes', async () => {
    const body = eventOf(customerId)
    const foreign = { Origin: 'https://hooks.example', 'Sec-Fetch-Site': 'cross-site' }
    for (const headers of [{}, foreign, { Cookie: 'next-auth.session-token=made-up' }]) {
      const answer = await knock(body, signatureOf(body), headers)
      expect(answer.status).toBe(200)
      expect(answer.json()).toEqual({ received: true })
      expect(answer.headers['cache-control']).toBe('no-store')
    }
    expect(await eventsKept()).toEqual([JSON.parse(body).id])
  })

  it('is refused where the signature is missing, of another secret or body, or old', async () => {
    const body = eventOf(customerId)
    const refused = [
      await callApi(world.product.url, { method: 'POST', path: PATH, body }),
      await knock(body, ''),
      await knock(body, 't=1,v1=00'),
      await knock(body, signatureOf(body, { secret: 'whsec_ofAnother' })),
      await knock(`${body} `, signatureOf(body)),
      await knock(body, signatureOf(body, { secondsAgo: 301 })),
    ]
    for (const answer of refused) {
      expect(answer.headers['content-type']).toBe('application/problem+json')
      const { status, code, detail } = answer.json()
      expect({ status, code, detail }).toEqual({
        status: 400,
        code: 'invalid_request',
        detail: 'The signature is missing, wrong or too old.',
      })
      expect(answer.text).not.toMatch(/whsec|sk_test/)
    }
    expect(await eventsKept()).not.toContain(JSON.parse(body).id)
  })

  it('holds a megabyte and no more', async () => {
    const whole = (bytes: number) => {
      const text = eventOf(customerId)
      return text + ' '.repeat(bytes - Buffer.byteLength(text))
    }
    const largest = whole(1024 * 1024)
    expect((await knock(largest, signatureOf(largest))).status).toBe(200)
    const larger = whole(1024 * 1024 + 1)
    for (const headers of [{}, { 'Transfer-Encoding': 'chunked' }]) {
      const answer = await knock(larger, signatureOf(larger), headers)
      expect(answer.json()).toMatchObject({ status: 413, code: 'payload_too_large' })
    }
  })

  it('of somebody else’s customer is taken and left', async () => {
    const before = await eventsKept()
    const body = eventOf('cus_ofAnother')
    expect((await knock(body, signatureOf(body))).status).toBe(200)
    expect(await eventsKept()).toEqual(before)
  })

  it('that fails is answered so that Stripe sends it again, and then carried out', async () => {
    const body = eventOf(customerId)
    const breakSql = 'ALTER TABLE billing.provider_state RENAME COLUMN read_at TO gone'
    await world.pool.query(breakSql)
    try {
      const answer = await knock(body, signatureOf(body))
      expect(answer.json()).toMatchObject({ status: 500, code: 'internal_error' })
    } finally {
      await world.pool.query('ALTER TABLE billing.provider_state RENAME COLUMN gone TO read_at')
    }
    expect(await eventsKept()).not.toContain(JSON.parse(body).id)
    expect((await knock(body, signatureOf(body))).status).toBe(200)
    expect(await eventsKept()).toContain(JSON.parse(body).id)
  })

  it('comes by POST, to this very path', async () => {
    const opened = await callApi(world.product.url, { path: PATH })
    expect([opened.status, opened.headers.allow]).toEqual([405, 'POST'])
    const body = eventOf(customerId)
    const headers = { 'Stripe-Signature': signatureOf(body) }
    for (const path of [`${PATH}/`, `${PATH}/more`, '/webhooks', '/webhooks/other']) {
      const answer = await callApi(world.product.url, { method: 'POST', path, body, headers })
      expect(answer.status, path).toBe(403)
    }
  })

  it('leaves nothing of itself in the log, nor of the secrets', async () => {
    await expect.poll(() => world.product.logs()).toContain('a webhook of Stripe failed')
    const logs = world.product.logs()
    for (const secret of [NAME, SECRET, KEY, 'ofThisEndpoint']) expect(logs).not.toContain(secret)
  })
})

it('finds nobody where no keys are set', async () => {
  const product = await startProduct({ apiOnly: true })
  try {
    const body = eventOf(customerId)
    const answer = await callApi(product.url, {
      method: 'POST',
      path: PATH,
      body,
      headers: { 'Stripe-Signature': signatureOf(body) },
    })
    expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' })
  } finally {
    await product.stop()
  }
})
