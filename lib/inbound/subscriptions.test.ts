import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/context'
import { patchWebhook } from '@/lib/inbound/commands'
import {
  countInboundDeliveries,
  getInboundDelivery,
  listInboundDeliveries,
} from '@/lib/inbound/deliveries'
import { claimDue, fireDispatch } from '@/lib/inbound/fire'
import {
  ACCEPTED,
  deliver,
  endpoint,
  FakeTarget,
  fireAll,
  firingRuntime,
  NO_AGENTS,
  REFUSED,
  receiver,
  subscribe,
} from '@/lib/inbound/inbound-fixture'
import { eventFacts } from '@/lib/inbound/incoming'
import { SUBSCRIPTIONS_MAX } from '@/lib/inbound/limits'
import { redeliver } from '@/lib/inbound/redeliver'
import { countDeadLetter, redeliverDead } from '@/lib/inbound/redeliver-dead'
import { trimDeliveries } from '@/lib/inbound/retention'
import { createWebhookSchema } from '@/lib/inbound/schema'
import {
  createSubscription,
  deleteSubscription,
  patchSubscription,
} from '@/lib/inbound/subscription-commands'
import { getSubscription, listSubscriptions } from '@/lib/inbound/subscriptions'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let ctx: Context
let webhookId: string
/** Of the first subscription, whose name is shop, and of the second, whose name is audit. */
let shop: string
let audit: string
let target: FakeTarget
/** Receivers that refuse whatever comes. */
let down: Set<string>

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

async function fresh(): Promise<void> {
  ctx = await (await product.organization()).member('ADMIN')
  webhookId = (await endpoint(ctx)).id
  shop = (await listSubscriptions(ctx, { webhookId }))[0]?.id ?? ''
  audit = await subscribe(ctx, webhookId, 'audit')
  target = new FakeTarget()
  down = new Set()
  target.answer = ({ subscriptionId }) => (down.has(subscriptionId) ? REFUSED : ACCEPTED)
  await product.db.pool.query('DELETE FROM inbound.delivery')
}

/** One delivery, each with a key of its own. */
let sent = 0
const send = async (type = 'order.paid') => {
  const headers = { 'webhook-id': `n-${sent++}` }
  return (await deliver(ctx, webhookId, { headers, body: JSON.stringify({ type }) })).id
}
/** Its state, and that of each subscriber by name. */
async function seen(deliveryId: string) {
  const { state, dispatches } = await getInboundDelivery(ctx, { deliveryId })
  const each = dispatches.map((one) => [one.subscriberId, one.state])
  return { state, ...Object.fromEntries(each) }
}
const namesOf = (fired = target.places) => fired.map((place) => place.split('/').at(-1)).sort()
const givingUp = () => firingRuntime(ctx, target, { attempts: 1 })

describe('a delivery of an endpoint with two subscribers', () => {
  it('goes to each once, under one id, also where copies come at the same moment', async () => {
    await fresh()
    const headers = { 'Idempotency-Key': 'one' }
    await Promise.all(Array.from({ length: 6 }, () => deliver(ctx, webhookId, { headers })))
    expect(await fireAll(firingRuntime(ctx, target))).toBe(2)
    expect(namesOf()).toEqual(['audit', 'shop'])
    expect(new Set(target.fired.map(({ deliveryId }) => deliveryId)).size).toBe(1)
  })

  it('is given up at one and delivered at the other, each by its own tries', async () => {
    await fresh()
    down.add(audit)
    const id = await send()
    await fireAll(firingRuntime(ctx, target, { attempts: 2 }))
    expect(await seen(id)).toEqual({ state: 'WAITING', shop: 'DELIVERED', audit: 'WAITING' })
    await product.db.pool.query('UPDATE inbound.dispatch SET next_attempt_at = now()')
    await fireAll(firingRuntime(ctx, target, { attempts: 2 }))
    expect(await seen(id)).toEqual({ state: 'DEAD', shop: 'DELIVERED', audit: 'DEAD' })
    expect(namesOf()).toEqual(['audit', 'audit', 'shop'])
    expect(await countInboundDeliveries(ctx, { webhookId })).toEqual({ DEAD: 1 })
    const { dispatches } = await getInboundDelivery(ctx, { deliveryId: id })
    expect(dispatches.map(({ log }) => log.length)).toEqual([1, 2])
  })

  it('is counted right however its dispatches end together', async () => {
    await fresh()
    down.add(audit)
    const ids = await Promise.all(Array.from({ length: 8 }, () => send()))
    const { claim, dispatches } = await claimDue(givingUp(), { kind: 'HTTP', most: 16 }, new Map())
    expect(dispatches).toHaveLength(16)
    await Promise.all(dispatches.map((one) => fireDispatch(givingUp(), claim, one)))
    for (const id of ids) {
      expect(await seen(id)).toEqual({ state: 'DEAD', shop: 'DELIVERED', audit: 'DEAD' })
    }
    const { rows } = await product.db.pool.query(
      'SELECT sum(waiting)::int AS waiting, sum(delivered)::int AS delivered, sum(dead)::int AS dead FROM inbound.delivery',
    )
    expect(rows).toEqual([{ waiting: 0, delivered: 8, dead: 8 }])
  })

  it('waits for neither: one that never answers leaves the other its places', async () => {
    await fresh()
    for (let n = 0; n < 10; n++) await send()
    const busy = new Map([[audit, 8]])
    const { dispatches } = await claimDue(givingUp(), { kind: 'HTTP', most: 16 }, busy)
    expect(dispatches.map(({ subscriptionId }) => subscriptionId)).toEqual(Array(8).fill(shop))
  })
})

describe('a filter', () => {
  it('is asked when a delivery comes in: what nobody takes is kept and fired at nobody', async () => {
    await fresh()
    await patchSubscription(ctx, NO_AGENTS, {
      ...{ webhookId, subscriptionId: shop },
      eventFilter: 'order.*',
    })
    await patchSubscription(ctx, NO_AGENTS, {
      ...{ webhookId, subscriptionId: audit },
      eventFilter: 'order.paid,refund',
    })
    const both = await send('order.paid')
    const one = await send('order.made')
    const none = await send('user.made')
    await fireAll(firingRuntime(ctx, target))
    expect(await seen(both)).toEqual({ state: 'DELIVERED', shop: 'DELIVERED', audit: 'DELIVERED' })
    expect(await seen(one)).toEqual({ state: 'DELIVERED', shop: 'DELIVERED' })
    expect(await seen(none)).toEqual({ state: 'UNMATCHED' })
    expect(namesOf()).toEqual(['audit', 'shop', 'shop'])
    await expect(redeliver(ctx, { deliveryId: none })).rejects.toMatchObject({
      code: 'no_subscriber',
    })
    const ids = async (filter: Parameters<typeof listInboundDeliveries>[1]) =>
      (await listInboundDeliveries(ctx, { webhookId, ...filter })).items.map(({ id }) => id)
    expect(await ids({ event: 'order.*' })).toEqual([one, both])
    expect(await ids({ event: 'order.paid, user.made' })).toEqual([none, both])
    expect(await ids({ state: 'UNMATCHED' })).toEqual([none])
    expect(await countInboundDeliveries(ctx, { event: 'order.*' })).toEqual({ DELIVERED: 2 })
    // Nothing of it is under way: its content goes as that of others does.
    await product.db.pool.query(
      `UPDATE inbound.delivery SET received_at = now() - interval '8 days'`,
    )
    await trimDeliveries(product.db.pool, { contentDays: 7, recordDays: 90 })
    expect(await getInboundDelivery(ctx, { deliveryId: none })).toMatchObject({ trimmed: true })
  })

  it('reads the type where each provider has it', async () => {
    await fresh()
    const typeOf = async (headers: Record<string, string>, body: object) => {
      const key = { 'Idempotency-Key': `t-${sent++}` }
      const { id } = await deliver(ctx, webhookId, {
        headers: { ...key, ...headers },
        body: JSON.stringify(body),
      })
      return (await getInboundDelivery(ctx, { deliveryId: id })).eventType
    }
    expect(await typeOf({}, { type: 'a', event: 'b' })).toBe('a')
    expect(await typeOf({}, { event: 'b' })).toBe('b')
    expect(await typeOf({ 'x-event-type': 'c' }, { type: 'a' })).toBe('c')
    expect(await typeOf({}, {})).toBeNull()
    const github = new Headers({
      'x-github-event': 'pull_request',
      'content-type': 'application/json',
    })
    const facts = (provider: 'GITHUB' | 'STRIPE', body: object) =>
      eventFacts(provider, github, Buffer.from(JSON.stringify(body))).type
    expect(facts('GITHUB', { action: 'opened' })).toBe('pull_request.opened')
    expect(facts('GITHUB', { type: 'else' })).toBe('pull_request')
    expect(facts('STRIPE', { type: 'invoice.paid' })).toBe('invoice.paid')
  })
})

describe('a subscription', () => {
  it('is refused at the field that is no text, before the audit log would fail on it', () => {
    const half = 'x\ud83d'
    const wish = { ...receiver(half), eventFilter: half }
    const { error } = createWebhookSchema.safeParse({
      name: half,
      provider: 'GENERIC',
      subscription: wish,
    })
    expect(error?.issues.map(({ path }) => path.join('/')).sort()).toEqual([
      'name',
      'subscription/eventFilter',
      'subscription/subscriberId',
    ])
  })

  it('shows the audit log its server, and that its address changed, never the address', async () => {
    await fresh()
    const at = (url: string) =>
      patchSubscription(ctx, NO_AGENTS, { webhookId, subscriptionId: audit, config: { url } })
    await at('https://hooks.slack.com/services/T0/B0/verysecret')
    await at('https://hooks.slack.com/services/T0/B0/othersecret?token=andthis')
    await deleteSubscription(ctx, { webhookId, subscriptionId: audit })
    const { rows } = await product.db.pool.query<{ payload: string; event_type: string }>(
      `SELECT payload, event_type FROM audit.event WHERE organization_id = $1 AND event_type LIKE 'WEBHOOK%' ORDER BY seq`,
      [ctx.organization.id],
    )
    expect(rows.map(({ event_type }) => event_type)).toEqual([
      'WEBHOOK_CREATED',
      'WEBHOOK_SUBSCRIBER_ADDED',
      'WEBHOOK_SUBSCRIBER_UPDATED',
      'WEBHOOK_SUBSCRIBER_UPDATED',
      'WEBHOOK_SUBSCRIBER_REMOVED',
    ])
    for (const { payload } of rows) {
      expect(payload).not.toMatch(/secret|andthis|services|com\/(shop|audit)/)
    }
    const { details } = JSON.parse(rows[3]?.payload ?? '{}')
    const server = 'https://hooks.slack.com'
    expect(details).toMatchObject({ before: { server }, after: { server } })
    expect(details.after.addressFingerprint).toMatch(/^[0-9a-f]{8}$/)
    expect(details.after.addressFingerprint).not.toBe(details.before.addressFingerprint)
  })

  it('removed in the middle ends what it has not had, and nothing of the other', async () => {
    await fresh()
    const delivered = await send()
    await fireAll(firingRuntime(ctx, target))
    down.add(audit)
    const dead = await send()
    await fireAll(givingUp())
    const open = await send()
    const claimed = await claimDue(givingUp(), { kind: 'HTTP', most: 1 }, new Map([[shop, 8]]))
    expect(claimed.dispatches).toMatchObject([{ subscriptionId: audit, deliveryId: open }])
    await deleteSubscription(ctx, { webhookId, subscriptionId: audit })
    // Under way as it was removed: its late word counts nothing.
    for (const one of claimed.dispatches) await fireDispatch(givingUp(), claimed.claim, one)
    await fireAll(givingUp())
    expect(await seen(delivered)).toMatchObject({ shop: 'DELIVERED', audit: 'DELIVERED' })
    for (const id of [dead, open]) {
      expect(await seen(id)).toEqual({ state: 'DELIVERED', shop: 'DELIVERED', audit: 'ENDED' })
    }
    const { dispatches } = await getInboundDelivery(ctx, { deliveryId: open })
    expect(dispatches).toMatchObject([{ removed: false }, { removed: true, nextAttemptAt: null }])
    expect(await countDeadLetter(ctx, { webhookId })).toEqual({ repeatable: 0, trimmed: 0 })
    // Sent again to who is left, and to no other.
    target.places.length = 0
    await redeliver(ctx, { deliveryId: open })
    await expect(redeliver(ctx, { deliveryId: open, subscriptionId: audit })).rejects.toMatchObject(
      { code: 'no_subscriber' },
    )
    await fireAll(givingUp())
    expect(namesOf()).toEqual(['shop'])
  })

  it('that is paused holds its own, and an endpoint holds all, whichever goes on first', async () => {
    await fresh()
    const first = await send()
    const named = { webhookId, subscriptionId: audit }
    await patchSubscription(ctx, NO_AGENTS, { ...named, paused: true })
    const second = await send()
    for (const id of [first, second]) {
      expect(await seen(id)).toEqual({ state: 'WAITING', shop: 'WAITING', audit: 'HELD' })
    }
    await patchWebhook(ctx, { webhookId, paused: true })
    expect(await seen(first)).toEqual({ state: 'HELD', shop: 'HELD', audit: 'HELD' })
    await patchSubscription(ctx, NO_AGENTS, { ...named, paused: false })
    expect(await fireAll(givingUp())).toBe(0)
    await patchSubscription(ctx, NO_AGENTS, { ...named, paused: true })
    await patchWebhook(ctx, { webhookId, paused: false })
    expect(await fireAll(givingUp())).toBe(2)
    expect(namesOf()).toEqual(['shop', 'shop'])
    await patchSubscription(ctx, NO_AGENTS, { ...named, paused: false })
    expect(await fireAll(givingUp())).toBe(2)
    expect(await countInboundDeliveries(ctx, {})).toEqual({ DELIVERED: 2 })
  })

  it('is paused while it is tried: what fails then is held', async () => {
    await fresh()
    down.add(shop)
    const id = await send()
    const runtime = firingRuntime(ctx, target)
    const { claim, dispatches } = await claimDue(runtime, { kind: 'HTTP', most: 16 }, new Map())
    await patchSubscription(ctx, NO_AGENTS, { webhookId, subscriptionId: shop, paused: true })
    await Promise.all(dispatches.map((one) => fireDispatch(runtime, claim, one)))
    expect(await seen(id)).toEqual({ state: 'HELD', shop: 'HELD', audit: 'DELIVERED' })
  })

  it('has a dead letter of its own, which is sent again alone or with the others', async () => {
    await fresh()
    down.add(shop).add(audit)
    const ids = [await send(), await send()]
    await fireAll(givingUp())
    expect(await countDeadLetter(ctx, { webhookId })).toEqual({ repeatable: 4, trimmed: 0 })
    down.clear()
    target.places.length = 0
    await redeliver(ctx, { deliveryId: ids[0] ?? '', subscriptionId: shop })
    await fireAll(givingUp())
    expect(namesOf()).toEqual(['shop'])
    const only = { webhookId, subscriptionId: shop }
    expect(await redeliverDead(ctx, only)).toEqual({ redelivered: 1, remaining: 0 })
    expect(await redeliverDead(ctx, { webhookId })).toEqual({ redelivered: 2, remaining: 0 })
    await fireAll(givingUp())
    expect(namesOf()).toEqual(['audit', 'audit', 'shop', 'shop'])
    expect(await countInboundDeliveries(ctx, {})).toEqual({ DELIVERED: 2 })
    const stranger = { webhookId, subscriptionId: webhookId }
    await expect(redeliverDead(ctx, stranger)).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('has a name of its own, a place of ten, and belongs to its endpoint and organization', async () => {
    await fresh()
    const add = (name: string) =>
      createSubscription(ctx, NO_AGENTS, { webhookId, ...receiver(name) })
    await expect(add('audit')).rejects.toMatchObject({ code: 'subscriber_exists' })
    const raced = await Promise.allSettled(
      Array.from({ length: SUBSCRIPTIONS_MAX }, (_, n) => add(`n-${n}`)),
    )
    const refused = raced.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(['too_many_subscriptions', 'too_many_subscriptions'])
    expect(await listSubscriptions(ctx, { webhookId })).toHaveLength(SUBSCRIPTIONS_MAX)
    const other = await endpoint(ctx)
    const elsewhere = { webhookId: other.id, subscriptionId: shop }
    const stranger = await (await product.organization()).member('ADMIN')
    const here = { webhookId, subscriptionId: shop }
    const attempts = [
      getSubscription(ctx, elsewhere),
      deleteSubscription(ctx, elsewhere),
      patchSubscription(ctx, NO_AGENTS, { ...elsewhere, paused: true }),
      getSubscription(stranger, here),
      deleteSubscription(stranger, here),
      listSubscriptions(stranger, { webhookId }),
      createSubscription(stranger, NO_AGENTS, { webhookId, ...receiver('theirs') }),
    ]
    await Promise.all(
      attempts.map((attempt) => expect(attempt).rejects.toMatchObject({ kind: 'not-found' })),
    )
  })
})
