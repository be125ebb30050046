import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { FakeApi } from '@/lib/testing/stripe-fake/api'
import { Faults } from '@/lib/testing/stripe-fake/faults'
import { answerApi, answerBrowser, sendDefect } from '@/lib/testing/stripe-fake/http'
import { advanceTo } from '@/lib/testing/stripe-fake/time'
import { WebhookDelivery } from '@/lib/testing/stripe-fake/webhook-delivery'
import { WebhookQueue } from '@/lib/testing/stripe-fake/webhook-queue'

/**
 * An account of Stripe on a port of this machine, for the real SDK: it keeps what it is told, collects invoices as its
 * clock is set forward, serves the pages that people are sent to, and signs webhooks. It knows what we use, and refuses
 * all else.
 */
export interface StripeFake {
  host: '127.0.0.1'
  port: number
  url: string
  secretKey: string
  /** What it holds, to look at and to arrange. */
  account: FakeAccount
  faults: Faults
  webhooks: WebhookQueue
  /** Sets the clock forward, epoch ms; what is due by then happens on the way. */
  advanceTo(nowMs: number): void
  /** A client of the SDK that reaches it, and gives up soon. */
  client(config?: Stripe.StripeConfig): Stripe
  /** Sends webhooks to the site at this address from now on; without this they wait to be delivered by hand. */
  serve(siteUrl: string): void
  close(): Promise<void>
}

export interface StripeFakeOptions {
  /** Its clock goes on by itself, as that of a product does which runs as a process. */
  isLive?: boolean
}

const HOST = '127.0.0.1'
/** Nobody's keys: too short for Stripe's, and refused by it. */
const KEY = 'sk_test_fake'
const SECRET = 'whsec_fake'

/** @param nowMs where its clock stands to begin with, epoch ms */
export async function startStripeFake(
  nowMs: number,
  { isLive = false }: StripeFakeOptions = {},
): Promise<StripeFake> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, HOST, listening))
  const { port } = server.address() as AddressInfo
  const url = `http://${HOST}:${port}`
  const account = new FakeAccount(nowMs, url)
  const api = new FakeApi(account)
  const faults = new Faults()
  const now = () => (isLive ? Math.max(account.nowMs, Date.now()) : account.nowMs)
  const webhooks = new WebhookQueue(SECRET, now)
  let delivery: WebhookDelivery | null = null
  account.onEvent = (event) => {
    webhooks.add(event)
    delivery?.wake()
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    advanceTo(account, now())
    const isOfApi = request.url?.startsWith('/v1/') ?? false
    const answered = isOfApi
      ? answerApi({ api, faults, key: KEY }, request, response)
      : answerBrowser(account, request, response)
    answered.catch((error: unknown) => sendDefect(error, response))
  })
  return {
    host: HOST,
    port,
    url,
    secretKey: KEY,
    account,
    faults,
    webhooks,
    advanceTo: (moment) => advanceTo(account, moment),
    client: (config) =>
      new Stripe(KEY, { host: HOST, port, protocol: 'http', telemetry: false, ...config }),
    serve(siteUrl) {
      account.home = siteUrl
      delivery = new WebhookDelivery(webhooks, `${siteUrl}/webhooks/stripe`)
    },
    async close() {
      await delivery?.stop()
      await new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      })
    },
  }
}
