import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/context'
import { deleteWebhook, patchWebhook } from '@/lib/inbound/commands'
import {
  countInboundDeliveries,
  getInboundDelivery,
  listInboundDeliveries,
} from '@/lib/inbound/deliveries'
import { claimDue, fireDispatch } from '@/lib/inbound/fire'
import {
  deliver,
  endpoint,
  FakeTarget,
  fireAll,
  firingRuntime,
  githubSignature,
  REFUSED,
  subscribe,
} from '@/lib/inbound/inbound-fixture'
import { deliverSigned } from '@/lib/inbound/receive'
import { redeliver } from '@/lib/inbound/redeliver'
import { trimDeliveries } from '@/lib/inbound/retention'
import { rotateWebhookSecret } from '@/lib/inbound/rotate-secret'
import { rotateSubscriptionSecret } from '@/lib/inbound/subscription-commands'
import { listSubscriptions } from '@/lib/inbound/subscriptions'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let ctx: Context
let webhookId: string
let target: FakeTarget

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

/** An organization of its own with an endpoint, and an empty queue: a test then fires only what is its own. */
async function fresh(): Promise<void> {
  ctx = await (await product.organization()).member('ADMIN')
  webhookId = (await endpoint(ctx)).id
  target = new FakeTarget()
  await product.db.pool.query('DELETE FROM inbound.delivery')
}

/** With what became of it at its one subscriber. */
async function detail(deliveryId: string) {
  const { dispatches, ...delivery } = await getInboundDelivery(ctx, { deliveryId })
  expect(dispatches).toHaveLength(1)
  expect(dispatches[0]?.state).toBe(delivery.state)
  return { ...dispatches[0], ...delivery, log: dispatches[0]?.log ?? [] }
}
const makeDue = () =>
  product.db.pool.query(
    `UPDATE inbound.dispatch SET next_attempt_at = now() WHERE state = 'WAITING'`,
  )

describe('a delivery', () => {
  beforeAll(fresh)

  it('is fired once, byte by byte, with the id that its copies were answered with', async () => {
    const headers = { 'Idempotency-Key': 'order-1', Authorization: 'Bearer no', Cookie: 'a=b' }
    const copies = await Promise.all(
      Array.from({ length: 8 }, () => deliver(ctx, webhookId, { headers })),
    )
    expect(new Set(copies.map(({ id }) => id)).size).toBe(1)
    expect(copies.filter(({ isCopy }) => !isCopy)).toHaveLength(1)
    expect(await fireAll(firingRuntime(ctx, target))).toBe(1)
    const id = copies[0]?.id ?? ''
    expect(target.fired).toMatchObject([{ deliveryId: id, attempt: 1, eventType: 'order.paid' }])
    expect(Buffer.from(target.fired[0]?.body ?? []).toString()).toBe('{"type":"order.paid"}')
    const after = await detail(id)
    expect(after).toMatchObject({ state: 'DELIVERED', copies: 7, attempts: 1, trimmed: false })
    expect(after.log).toMatchObject([{ number: 1, succeeded: true, status: 204 }])
    // Names of all headers, values of the harmless ones.
    expect(after.headers).toMatchObject({
      'idempotency-key': 'order-1',
      authorization: null,
      cookie: null,
    })
  })

  it('without an id is told from another by its body, and only for a while', async () => {
    await fresh()
    const copies = await Promise.all(Array.from({ length: 4 }, () => deliver(ctx, webhookId)))
    expect(new Set(copies.map(({ id }) => id)).size).toBe(1)
    const other = await deliver(ctx, webhookId, { body: '{"type":"order.paid","n":2}' })
    expect(other.id).not.toBe(copies[0]?.id)
    await product.db.pool.query(
      `UPDATE inbound.delivery SET received_at = received_at - interval '11 minutes'`,
    )
    expect((await deliver(ctx, webhookId)).isCopy).toBe(false)
    expect((await listInboundDeliveries(ctx, {})).totalCount).toBe(3)
  })

  it('is tried again, later each time, then given up, told of once, and sent again when asked', async () => {
    await fresh()
    const runtime = firingRuntime(ctx, target)
    target.answer = () => REFUSED
    const { id } = await deliver(ctx, webhookId, { headers: { 'webhook-id': 'a' } })
    await deliver(ctx, webhookId, { headers: { 'webhook-id': 'b' } })
    await fireAll(runtime)
    const waiting = await detail(id)
    expect(waiting).toMatchObject({ state: 'WAITING', attempts: 1, outcome: 'Answered 500.' })
    expect(waiting.nextAttemptAt).toBeGreaterThan(Date.now() + 40_000)
    expect(await fireAll(runtime)).toBe(0)
    for (let tries = 2; tries <= 3; tries++) {
      await makeDue()
      await fireAll(runtime)
    }
    expect(await countInboundDeliveries(ctx, {})).toEqual({ DEAD: 2 })
    expect(new Set(target.fired.map(({ deliveryId }) => deliveryId)).size).toBe(2)
    const { rows } = await product.db.pool.query(
      `SELECT facts->>'webhookId' AS id FROM notifications WHERE kind = 'delivery-dead'`,
    )
    expect(rows).toEqual([{ id: webhookId }])
    target.answer = new FakeTarget().answer
    await redeliver(ctx, { deliveryId: id })
    await fireAll(runtime)
    expect(await detail(id)).toMatchObject({ state: 'DELIVERED', attempts: 4 })
    expect((await detail(id)).log.map(({ number }) => number)).toEqual([4, 3, 2, 1])
  })

  it('is held while its endpoint is paused, and fired when it goes on', async () => {
    await fresh()
    const runtime = firingRuntime(ctx, target)
    const first = await deliver(ctx, webhookId, { headers: { 'webhook-id': 'a' } })
    await patchWebhook(ctx, { webhookId, paused: true })
    const second = await deliver(ctx, webhookId, { headers: { 'webhook-id': 'b' } })
    expect(await fireAll(runtime)).toBe(0)
    expect(await countInboundDeliveries(ctx, { webhookId })).toEqual({ HELD: 2 })
    await patchWebhook(ctx, { webhookId, paused: false })
    await fireAll(runtime)
    expect(target.fired.map(({ deliveryId }) => deliveryId).sort()).toEqual(
      [first.id, second.id].sort(),
    )
  })

  it('that a process claimed and never finished is fired by another, and its late word counts nothing', async () => {
    await fresh()
    const { id } = await deliver(ctx, webhookId)
    const runtime = firingRuntime(ctx, target, { claimMs: 0 })
    const lost = await claimDue(runtime, { kind: 'HTTP', most: 1 }, new Map())
    expect(await fireAll(runtime)).toBe(1)
    target.answer = () => REFUSED
    const [late] = lost.dispatches
    if (late) await fireDispatch(runtime, lost.claim, late)
    expect(await detail(id)).toMatchObject({ state: 'DELIVERED', attempts: 2 })
    expect(target.fired.map(({ deliveryId }) => deliveryId)).toEqual([id, id])
  })

  it('of one endpoint does not crowd out another’s', async () => {
    await fresh()
    const other = await endpoint(ctx)
    for (let n = 0; n < 20; n++) {
      await deliver(ctx, webhookId, { headers: { 'webhook-id': `${n}` } })
    }
    await deliver(ctx, other.id)
    const { dispatches } = await claimDue(
      firingRuntime(ctx, target),
      { kind: 'HTTP', most: 16 },
      new Map(),
    )
    expect(dispatches.filter((one) => one.webhookId === webhookId)).toHaveLength(8)
    expect(dispatches.filter((one) => one.webhookId === other.id)).toHaveLength(1)
  })

  it('behind the backlog of another organization is claimed all the same', async () => {
    await fresh()
    const crowd = { ctx, webhookId }
    await deliver(crowd.ctx, crowd.webhookId, { headers: { 'webhook-id': 'first' } })
    // As if a thousand more had come before it.
    await product.db.pool.query(
      `WITH more AS (SELECT d.organization_id, gen_random_uuid() AS id, d.endpoint_id, d.body_digest, d.carrier, d.sender,
           d.headers, d.body, d.body_bytes, d.received_at FROM inbound.delivery d, generate_series(1, 1100)),
         made AS (INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest,
             carrier, sender, headers, body, body_bytes, received_at)
           SELECT organization_id, id, endpoint_id, 'id:' || id, 'HEADER', body_digest, carrier, sender, headers, body,
             body_bytes, received_at FROM more)
       INSERT INTO inbound.dispatch (organization_id, delivery_id, subscription_id, endpoint_id, subscriber_type,
         subscriber_id, state, next_attempt_at)
       SELECT p.organization_id, m.id, p.subscription_id, p.endpoint_id, p.subscriber_type, p.subscriber_id, p.state,
         now() - interval '1 hour' FROM inbound.dispatch p, more m`,
    )
    ctx = await (await product.organization()).member('ADMIN')
    const other = await endpoint(ctx)
    const { id } = await deliver(ctx, other.id)
    const runtime = firingRuntime(ctx, target)
    const [crowded] = await listSubscriptions(crowd.ctx, { webhookId: crowd.webhookId })
    const claim = (most: number, underWay: number) =>
      claimDue(
        runtime,
        { kind: 'HTTP', most },
        new Map([crowd.ctx.organization.id, crowded?.id ?? ''].map((one) => [one, underWay])),
      ).then(({ dispatches }) => dispatches)
    expect((await claim(8, 8)).map(({ deliveryId }) => deliveryId)).toEqual([id])
    expect(await claim(8, 8)).toEqual([])
    await makeDue()
    // Who has the fewest under way comes first, also where the other has places left.
    expect(await claim(1, 7)).toMatchObject([{ deliveryId: id }])
    expect(await claim(16, 7)).toHaveLength(1)
    expect(await claim(16, 0)).toHaveLength(8)
  })

  it('loses its content after a while, its record later, and neither before it is finished', async () => {
    await fresh()
    const done = await deliver(ctx, webhookId, { headers: { 'webhook-id': 'a' } })
    await fireAll(firingRuntime(ctx, target))
    const waits = await deliver(ctx, webhookId, { headers: { 'webhook-id': 'b' } })
    const age = (days: number) =>
      product.db.pool.query(
        `UPDATE inbound.delivery SET received_at = received_at - make_interval(days => $1)`,
        [days],
      )
    await age(8)
    await trimDeliveries(product.db.pool, { contentDays: 7, recordDays: 90 })
    expect(await detail(done.id)).toMatchObject({ trimmed: true, text: null, size: 21 })
    expect(await detail(waits.id)).toMatchObject({ trimmed: false })
    await expect(redeliver(ctx, { deliveryId: done.id })).rejects.toMatchObject({
      code: 'content_trimmed',
    })
    await age(90)
    await trimDeliveries(product.db.pool, { contentDays: 7, recordDays: 90 })
    expect((await listInboundDeliveries(ctx, {})).items.map(({ id }) => id)).toEqual([waits.id])
  })
})

describe('a signing secret', () => {
  it('is stored sealed, and its successor overlaps with it', async () => {
    await fresh()
    const signed = await endpoint(ctx, 'GITHUB')
    const rotate = async (overlapHours: number) => {
      const { secret } = await rotateWebhookSecret(ctx, {
        webhookId: signed.id,
        overlapHours,
      })
      return secret ?? ''
    }
    const knock = async (secret: string, body: string) => {
      const headers = new Headers({ 'x-hub-signature-256': githubSignature(secret, body) })
      const delivery = { webhookId: signed.id, provider: 'GITHUB' as const, headers }
      const parts = { pool: ctx.db.pool, crypto: ctx.crypto }
      const input = { ...delivery, body: Buffer.from(body), now: Date.now() }
      return deliverSigned(parts, ctx.organization.slug, input).then(
        () => 'taken',
        (error: { code: string }) => error.code,
      )
    }
    expect(await knock('', 'before any')).toBe('webhook_signature')
    const first = await rotate(24)
    const second = await rotate(24)
    expect([await knock(first, 'a'), await knock(second, 'b')]).toEqual(['taken', 'taken'])
    const third = await rotate(0)
    expect(await knock(third, 'c')).toBe('taken')
    for (const ended of [first, second]) expect(await knock(ended, 'd')).toBe('webhook_signature')
    const { rows } = await product.db.pool.query(
      `SELECT string_agg(encode(sealed, 'escape'), ' ') AS kept FROM inbound.secret`,
    )
    expect(rows[0].kept).not.toContain(third)
  })

  it('signs what is forwarded twice while two are good', async () => {
    await fresh()
    const [first] = await listSubscriptions(ctx, { webhookId })
    const other = await subscribe(ctx, webhookId, 'partner')
    await rotateSubscriptionSecret(ctx, { webhookId, subscriptionId: first?.id ?? '' })
    await deliver(ctx, webhookId)
    await fireAll(firingRuntime(ctx, target))
    const secretsOf = (id?: string) =>
      target.fired.find(({ subscriptionId }) => subscriptionId === id)?.secrets ?? []
    expect(secretsOf(first?.id)).toHaveLength(2)
    expect(secretsOf(other)).toHaveLength(1)
    // No receiver could pose as us before another one.
    expect(secretsOf(first?.id)).not.toContain(secretsOf(other)[0])
  })
})

describe('another organization', () => {
  it('sees nothing of it, and its own deliveries do not come here', async () => {
    await fresh()
    const { id } = await deliver(ctx, webhookId)
    const stranger = await (await product.organization()).member('ADMIN')
    const attempts = [
      deliver(stranger, webhookId),
      getInboundDelivery(stranger, { deliveryId: id }),
      redeliver(stranger, { deliveryId: id }),
      patchWebhook(stranger, { webhookId, paused: true }),
      deleteWebhook(stranger, { webhookId }),
    ]
    await Promise.all(
      attempts.map((attempt) => expect(attempt).rejects.toMatchObject({ kind: 'not-found' })),
    )
    expect((await listInboundDeliveries(stranger, {})).totalCount).toBe(0)
    await deleteWebhook(ctx, { webhookId })
    await expect(detail(id)).rejects.toMatchObject({ kind: 'not-found' })
  })
})
