import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

let fake: StripeFake
let site: Server
let statuses: number[]
let received: { path: string | undefined; type: string; status: number }[]
let arrived: () => void
beforeEach(async () => {
  fake = await startStripeFake(Date.now(), { isLive: true })
  statuses = []
  received = []
  arrived = () => undefined
  site = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const signature = String(request.headers['stripe-signature'])
    const event = Stripe.webhooks.constructEvent(body, signature, fake.webhooks.secret)
    const status = statuses.shift() ?? 200
    received.push({ path: request.url, type: event.type, status })
    response.writeHead(status).end()
    arrived()
  })
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
})
afterEach(async () => {
  await fake.close()
  site.closeAllConnections()
  await new Promise((closed) => site.close(closed))
})

const siteUrl = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}`

function untilReceived(count: number): Promise<void> {
  return new Promise((resolve) => {
    arrived = () => {
      if (received.length >= count) resolve()
    }
    arrived()
  })
}

describe('webhooks of a fake that serves a site', () => {
  it('come by themselves, signed, with what happened before it served', async () => {
    const stripe = fake.client({ maxNetworkRetries: 0 })
    const { id } = await stripe.customers.create({})
    expect(received).toEqual([])
    fake.serve(siteUrl())
    await untilReceived(1)
    await stripe.customers.update(id, { name: 'Acme' })
    await untilReceived(2)
    expect(received).toEqual([
      { path: '/webhooks/stripe', type: 'customer.created', status: 200 },
      { path: '/webhooks/stripe', type: 'customer.updated', status: 200 },
    ])
  })

  it('come again until they are taken', async () => {
    statuses = [500, 503]
    fake.serve(siteUrl())
    await fake.client({ maxNetworkRetries: 0 }).customers.create({})
    await untilReceived(3)
    expect(received.map(({ status }) => status)).toEqual([500, 503, 200])
  })
})
