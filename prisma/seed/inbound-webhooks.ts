import type { WebhookProvider } from '@/lib/inbound/model'

/** What comes in at the demo organizations. */

export interface DemoDelivery {
  hoursAgo: number
  event: Record<string, unknown>
  headers: Record<string, string>
  /** At the first receiver: attempts that failed before the one that did not, or before it was given up. */
  failures?: number
  dead?: boolean
}

export interface DemoReceiver {
  name: string
  url: string
  eventFilter: string | null
}

export interface DemoWebhook {
  name: string
  provider: WebhookProvider
  receivers: readonly DemoReceiver[]
  /** Of the person who made it. */
  by: string
  /** In days. */
  createdAgo: number
  deliveries: readonly DemoDelivery[]
}

const REPOSITORY = { full_name: 'acme-robotics/fleet-agents', private: true }

function push(hoursAgo: number, after: string, message: string, author: string): DemoDelivery {
  return {
    hoursAgo,
    event: {
      ref: 'refs/heads/main',
      after,
      repository: REPOSITORY,
      head_commit: { id: after, message, author: { name: author } },
    },
    headers: github('push', after),
  }
}

function pullRequest(
  hoursAgo: number,
  number: number,
  action: string,
  title: string,
): DemoDelivery {
  return {
    hoursAgo,
    event: {
      action,
      number,
      pull_request: { number, title, state: 'open' },
      repository: REPOSITORY,
    },
    headers: github('pull_request', `${number}${action}`),
  }
}

function star(hoursAgo: number, login: string): DemoDelivery {
  return {
    hoursAgo,
    event: { action: 'created', sender: { login }, repository: REPOSITORY },
    headers: github('star', login),
  }
}

function github(event: string, id: string): Record<string, string> {
  return {
    'user-agent': 'GitHub-Hookshot/8a1f3c2',
    'x-github-event': event,
    'x-github-delivery': `7c1d5e20-${event}-${id}`,
    'x-hub-signature-256': 'checked',
  }
}

function stripe(
  hoursAgo: number,
  type: string,
  object: Record<string, unknown>,
  after: Pick<DemoDelivery, 'failures' | 'dead'> = {},
): DemoDelivery {
  return {
    hoursAgo,
    event: {
      id: `evt_1Q${type.replaceAll(/[._]/g, '')}${Math.round(hoursAgo * 10)}`,
      object: 'event',
      type,
      livemode: true,
      data: { object },
    },
    headers: {
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': 'checked',
    },
    ...after,
  }
}

const invoice = (number: string, cents: number) => ({
  object: 'invoice',
  number,
  currency: 'usd',
  amount_due: cents,
})

export const DEMO_WEBHOOKS: Record<string, readonly DemoWebhook[]> = {
  acme: [
    {
      name: 'github-fleet-agents',
      provider: 'GITHUB',
      receivers: [
        {
          name: 'deploys',
          url: 'https://deploys.acme.example/hooks/github',
          eventFilter: 'push, pull_request.closed',
        },
        {
          name: 'review-board',
          url: 'https://reviews.acme.example/inbound',
          eventFilter: 'pull_request.*',
        },
      ],
      by: 'ada@acme.example',
      createdAgo: 64,
      deliveries: [
        push(0.6, '4f1e9c07', 'Retry a lost gripper once', 'Linus'),
        pullRequest(2.1, 418, 'opened', 'Retry a lost gripper once'),
        star(3.5, 'ingrid-robotics'),
        push(5.4, '91ab3d55', 'Name the bay in the hand-over note', 'Ada'),
        pullRequest(7.9, 417, 'closed', 'Name the bay in the hand-over note'),
        { ...push(26.3, 'c02277be', 'Raise the timeout of the planner', 'Linus'), failures: 2 },
        pullRequest(29, 415, 'synchronize', 'Raise the timeout of the planner'),
        push(74.5, '0be81f36', 'Read battery levels every minute', 'Noor'),
        push(191, '77d0c4e9', 'Split the charging queue by dock', 'Linus'),
        pullRequest(214, 409, 'opened', 'Split the charging queue by dock'),
      ],
    },
    {
      name: 'stripe-payments',
      provider: 'STRIPE',
      receivers: [
        {
          name: 'billing',
          url: 'https://billing.acme.example/inbound/stripe',
          eventFilter: null,
        },
        {
          name: 'bookkeeping',
          url: 'https://hooks.ledger.example/acme',
          eventFilter: 'invoice.*, charge.refunded',
        },
      ],
      by: 'ada@acme.example',
      createdAgo: 41,
      deliveries: [
        stripe(1.3, 'invoice.paid', invoice('ROB-0214', 129_900)),
        stripe(3.2, 'charge.refunded', {
          object: 'charge',
          currency: 'usd',
          amount_refunded: 4900,
        }),
        stripe(19.8, 'invoice.payment_failed', invoice('ROB-0213', 84_000), {
          failures: 9,
          dead: true,
        }),
        stripe(22.4, 'invoice.paid', invoice('ROB-0212', 45_500), { failures: 4 }),
        stripe(48.2, 'customer.subscription.updated', {
          object: 'subscription',
          status: 'active',
          quantity: 12,
        }),
        stripe(96.7, 'invoice.paid', invoice('ROB-0209', 129_900)),
        stripe(240.1, 'invoice.paid', invoice('ROB-0203', 99_000)),
      ],
    },
  ],
}
