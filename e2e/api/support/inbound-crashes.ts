import { setTimeout as delay } from 'node:timers/promises'
import { RestartableWorld } from '@/e2e/api/support/restartable-world'
import { callApi } from '@/e2e/support/api-client'
import { startCountingReceiver } from '@/e2e/support/counting-receiver'
import { insertReceiverRow, insertWebhookRow } from '@/e2e/support/webhook-row'

export interface InboundCrashPlan {
  deliveries: number
  /** The server is killed so often, at moments spread over the sending. */
  kills: number
  onKill?: (said: string) => void
}

export interface InboundCrashOutcome {
  /** Different deliveries. */
  sent: number
  /** Requests that carried them, copies and repeats after a broken connection included. */
  requests: number
  /** Deliveries that were acknowledged under more than one id: a copy that was not known. */
  torn: number
  stored: number
  /** Of each delivery there should be one for each of its two subscribers. */
  dispatches: number
  /** Of them, taken by their receiver. */
  fired: number
  /** In the dead letter; their receiver refuses them always. */
  dead: number
  /** Acknowledged, and neither taken by the receiver nor in the dead letter; of either subscriber. */
  lost: number
  /** Times that a receiver took one again, under the id that it had taken before. */
  repeats: number
  /** In the dead letter although the receiver took it. */
  wronglyDead: number
  /** Deliveries whose own state is not what their dispatches make of it. */
  miscounted: number
  seconds: number
}

const SENDERS = 16
/** Every so many is sent twice at once. */
const COPY_OF = 5
/** The first receiver never takes these, and the others of the second kind at the second try; the second takes all but these. */
const REFUSED_OF = 100
const REFUSED_BY_SECOND = 50
const SLOW_OF = 37
const SETTLED_WITHIN_MS = 120_000

/** Sends deliveries as a stubborn provider does, kills the server meanwhile, and counts what came of it. */
export async function crashWhileDelivering(plan: InboundCrashPlan): Promise<InboundCrashOutcome> {
  const receiver = await startCountingReceiver(answerTo)
  const second = await startCountingReceiver(answerOfSecond)
  const restartable = await RestartableWorld.start({
    API_RATE_LIMIT_PER_MINUTE: '10000000',
    INBOUND_PRIVATE_TARGETS: `${receiver.origin},${second.origin}`,
    INBOUND_RETRY_MS: '100',
    INBOUND_ATTEMPTS: '3',
    INBOUND_TIMEOUT_MS: '3000',
  })
  const startedAt = Date.now()
  try {
    const { current } = restartable
    const organization = await current.organization()
    const account = await organization.serviceAccount(['inbound:deliver'])
    const { secret } = await organization.token(account, ['inbound:deliver'], { expiresInMs: null })
    const webhookId = await insertWebhookRow(current.pool, current.product.authSecret, {
      organizationId: organization.id,
      url: `${receiver.origin}/in`,
    })
    const subscriptionId = await insertReceiverRow(current.pool, current.product.authSecret, {
      ...{ organizationId: organization.id, webhookId },
      url: `${second.origin}/in`,
      eventFilter: 'order.*, never',
    })
    const sender = new StubbornSender(restartable, {
      path: `${organization.path}/webhooks/generic/${webhookId}`,
      token: secret,
    })
    await Promise.all([sender.sendAll(plan.deliveries), killMeanwhile(restartable, sender, plan)])
    await settled(restartable)
    const receivers = { first: receiver.taken, second: second.taken, subscriptionId }
    return await outcomeOf(restartable, sender, receivers, startedAt)
  } finally {
    await restartable.close()
    receiver.close()
    second.close()
  }
}

function answerTo(body: string, times: number): number {
  const { n } = JSON.parse(body) as { n: number }
  if (n % REFUSED_OF === 0) return 500
  return n % SLOW_OF === 0 && times === 1 ? 503 : 204
}

function answerOfSecond(body: string): number {
  const { n } = JSON.parse(body) as { n: number }
  return n % REFUSED_BY_SECOND === 1 ? 500 : 204
}

class StubbornSender {
  readonly #restartable: RestartableWorld
  readonly #call: { path: string; token: string }
  #next = 0
  requests = 0
  /** Ids that each delivery was acknowledged under. */
  readonly acknowledged = new Map<number, Set<string>>()

  constructor(restartable: RestartableWorld, call: { path: string; token: string }) {
    this.#restartable = restartable
    this.#call = call
  }

  async sendAll(count: number): Promise<void> {
    const work = async () => {
      for (let n = this.#next++; n < count; n = this.#next++) {
        await Promise.all(Array.from({ length: n % COPY_OF === 0 ? 2 : 1 }, () => this.#send(n)))
      }
    }
    await Promise.all(Array.from({ length: SENDERS }, work))
  }

  /** Until it is acknowledged. */
  async #send(n: number): Promise<void> {
    for (;;) {
      this.requests++
      const answer = await callApi(this.#restartable.current.product.url, {
        ...this.#call,
        method: 'POST',
        headers: { 'Idempotency-Key': `delivery-${n}` },
        body: { n, type: 'order.made' },
      }).catch(() => null)
      if (answer?.status === 200) {
        const ids = this.acknowledged.get(n) ?? new Set()
        this.acknowledged.set(n, ids.add(answer.json<{ id: string }>().id))
        return
      }
      await delay(50)
    }
  }
}

async function killMeanwhile(
  restartable: RestartableWorld,
  sender: StubbornSender,
  { deliveries, kills, onKill }: InboundCrashPlan,
): Promise<void> {
  for (let kill = 1; kill <= kills; kill++) {
    const at = Math.floor((deliveries * kill) / (kills + 1))
    while (sender.acknowledged.size < at) await delay(5)
    await restartable.current.product.kill()
    onKill?.(`kill ${kill}: after ${sender.acknowledged.size} of ${deliveries} acknowledged`)
    await restartable.restart()
  }
}

/** Nothing waits any more. */
async function settled(restartable: RestartableWorld): Promise<void> {
  const until = Date.now() + SETTLED_WITHIN_MS
  for (;;) {
    const { rows } = await restartable.current.pool.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM inbound.dispatch WHERE state = 'WAITING'`,
    )
    if (rows[0]?.waiting === 0) return
    if (Date.now() > until) throw new Error(`${rows[0]?.waiting} dispatches still wait.`)
    await delay(100)
  }
}

interface Receivers {
  first: ReadonlyMap<string, number>
  second: ReadonlyMap<string, number>
  /** Of the second. */
  subscriptionId: string
}

async function outcomeOf(
  restartable: RestartableWorld,
  { acknowledged, requests }: StubbornSender,
  { first, second, subscriptionId }: Receivers,
  startedAt: number,
): Promise<InboundCrashOutcome> {
  const { pool } = restartable.current
  const stored = await pool.query<{ miscounted: boolean }>(
    `SELECT d.state <> CASE WHEN bool_or(p.state = 'DEAD') THEN 'DEAD' ELSE 'DELIVERED' END
       OR d.dead + d.delivered <> 2 AS miscounted
     FROM inbound.delivery d JOIN inbound.dispatch p ON p.delivery_id = d.id GROUP BY d.organization_id, d.id`,
  )
  const { rows } = await pool.query<{ id: string; of: string; state: string }>(
    'SELECT delivery_id AS id, subscription_id AS of, state FROM inbound.dispatch',
  )
  const ids = [...acknowledged.values()].map((all) => [...all][0] ?? '')
  const outcomes = [first, second].map((taken) => {
    const isSecond = taken === second
    const own = rows.filter(({ of }) => (of === subscriptionId) === isSecond)
    const dead = new Set(own.filter(({ state }) => state === 'DEAD').map(({ id }) => id))
    return {
      fired: ids.filter((id) => taken.has(id)).length,
      dead: dead.size,
      lost: ids.filter((id) => !taken.has(id) && !dead.has(id)).length,
      repeats: [...taken.values()].reduce((sum, times) => sum + times - 1, 0),
      wronglyDead: [...dead].filter((id) => taken.has(id)).length,
    }
  })
  const sum = (of: keyof (typeof outcomes)[number]) =>
    outcomes.reduce((all, outcome) => all + outcome[of], 0)
  return {
    sent: acknowledged.size,
    requests,
    torn: [...acknowledged.values()].filter((all) => all.size > 1).length,
    stored: stored.rows.length,
    dispatches: rows.length,
    fired: sum('fired'),
    dead: sum('dead'),
    lost: sum('lost'),
    repeats: sum('repeats'),
    wronglyDead: sum('wronglyDead'),
    miscounted: stored.rows.filter(({ miscounted }) => miscounted).length,
    seconds: (Date.now() - startedAt) / 1000,
  }
}
