import { setTimeout as delay } from 'node:timers/promises'
import { RestartableWorld } from '@/e2e/api/support/restartable-world'
import { callApi } from '@/e2e/support/api-client'
import { startCountingReceiver } from '@/e2e/support/counting-receiver'
import { insertWebhookRow } from '@/e2e/support/webhook-row'

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
  /** Of them, taken by the receiver. */
  fired: number
  /** In the dead letter; the receiver refuses them always. */
  dead: number
  /** Acknowledged, and neither taken by the receiver nor in the dead letter. */
  lost: number
  /** Times that the receiver took one again, under the id that it had taken before. */
  repeats: number
  /** In the dead letter although the receiver took it. */
  wronglyDead: number
  seconds: number
}

const SENDERS = 16
/** Every so many is sent twice at once. */
const COPY_OF = 5
/** The receiver never takes these, and the others of the second kind at the second try. */
const REFUSED_OF = 100
const SLOW_OF = 37
const SETTLED_WITHIN_MS = 60_000

/** Sends deliveries as a stubborn provider does, kills the server meanwhile, and counts what came of it. */
export async function crashWhileDelivering(plan: InboundCrashPlan): Promise<InboundCrashOutcome> {
  const receiver = await startCountingReceiver(answerTo)
  const restartable = await RestartableWorld.start({
    API_RATE_LIMIT_PER_MINUTE: '10000000',
    INBOUND_PRIVATE_TARGETS: receiver.origin,
    INBOUND_RETRY_MS: '100',
    INBOUND_ATTEMPTS: '3',
    INBOUND_TIMEOUT_MS: '500',
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
    const sender = new StubbornSender(restartable, {
      path: `${organization.path}/webhooks/generic/${webhookId}`,
      token: secret,
    })
    await Promise.all([sender.sendAll(plan.deliveries), killMeanwhile(restartable, sender, plan)])
    await settled(restartable)
    return await outcomeOf(restartable, sender, receiver, startedAt)
  } finally {
    await restartable.close()
    receiver.close()
  }
}

function answerTo(body: string, times: number): number {
  const { n } = JSON.parse(body) as { n: number }
  if (n % REFUSED_OF === 0) return 500
  return n % SLOW_OF === 0 && times === 1 ? 503 : 204
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
        body: { n },
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
      `SELECT count(*)::int AS waiting FROM inbound.delivery WHERE state = 'WAITING'`,
    )
    if (rows[0]?.waiting === 0) return
    if (Date.now() > until) throw new Error(`${rows[0]?.waiting} deliveries still wait.`)
    await delay(100)
  }
}

async function outcomeOf(
  restartable: RestartableWorld,
  { acknowledged, requests }: StubbornSender,
  { taken }: { taken: ReadonlyMap<string, number> },
  startedAt: number,
): Promise<InboundCrashOutcome> {
  const { rows } = await restartable.current.pool.query<{ id: string; state: string }>(
    'SELECT id, state FROM inbound.delivery',
  )
  const dead = new Set(rows.filter(({ state }) => state === 'DEAD').map(({ id }) => id))
  const ids = [...acknowledged.values()].map((all) => [...all][0] ?? '')
  return {
    sent: acknowledged.size,
    requests,
    torn: [...acknowledged.values()].filter((all) => all.size > 1).length,
    stored: rows.length,
    fired: ids.filter((id) => taken.has(id)).length,
    dead: dead.size,
    lost: ids.filter((id) => !taken.has(id) && !dead.has(id)).length,
    repeats: [...taken.values()].reduce((sum, times) => sum + times - 1, 0),
    wronglyDead: [...dead].filter((id) => taken.has(id)).length,
    seconds: (Date.now() - startedAt) / 1000,
  }
}
