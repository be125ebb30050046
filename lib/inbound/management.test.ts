import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import type { Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import { createWebhook, patchWebhook } from '@/lib/inbound/commands'
import { countInboundDeliveries, getInboundDelivery } from '@/lib/inbound/deliveries'
import {
  deliver,
  endpoint,
  FakeTarget,
  fireAll,
  firingRuntime,
  NO_AGENTS,
  REFUSED,
  receiver,
} from '@/lib/inbound/inbound-fixture'
import { listWebhookPage } from '@/lib/inbound/queries'
import { redeliver } from '@/lib/inbound/redeliver'
import { countDeadLetter, redeliverDead } from '@/lib/inbound/redeliver-dead'
import { rotateWebhookSecret } from '@/lib/inbound/rotate-secret'
import { createSubscription, rotateSubscriptionSecret } from '@/lib/inbound/subscription-commands'
import { listSubscriptions } from '@/lib/inbound/subscriptions'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint, provision } from '@/lib/testing/token-fixture'

let product: ProductFixture
let organization: OrganizationFixture
let ctx: Context
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

async function fresh(policy = {}): Promise<void> {
  organization = await product.organization(policy)
  ctx = await organization.member('ADMIN')
  await product.db.pool.query('DELETE FROM inbound.delivery')
}

describe('the dead letter of an endpoint', () => {
  /** So many are given up at their first try. */
  async function dead(webhookId: string, count: number): Promise<string[]> {
    const target = new FakeTarget()
    target.answer = () => REFUSED
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const { id } = await deliver(ctx, webhookId, { headers: { 'webhook-id': `dead-${n}` } })
      ids.push(id)
    }
    await fireAll(firingRuntime(ctx, target, { attempts: 1 }))
    return ids
  }

  it('is sent again as a whole: each once, under its id, and nothing of another endpoint', async () => {
    await fresh()
    const [webhook, other] = [await endpoint(ctx), await endpoint(ctx)]
    const ids = await dead(webhook.id, 3)
    await dead(other.id, 1)
    await product.db.pool.query('UPDATE inbound.delivery SET body = NULL WHERE id = $1', [ids[0]])
    const webhookId = webhook.id
    expect(await countDeadLetter(ctx, { webhookId })).toEqual({ repeatable: 2, trimmed: 1 })
    const [first, second] = await Promise.all([
      redeliverDead(ctx, { webhookId }),
      redeliverDead(ctx, { webhookId }),
    ])
    expect(first.redelivered + second.redelivered).toBe(2)
    const target = new FakeTarget()
    expect(await fireAll(firingRuntime(ctx, target))).toBe(2)
    expect(target.fired.map(({ deliveryId }) => deliveryId).sort()).toEqual(ids.slice(1).sort())
    expect(await countInboundDeliveries(ctx, { webhookId })).toEqual({ DEAD: 1, DELIVERED: 2 })
    expect(await countInboundDeliveries(ctx, { webhookId: other.id })).toEqual({ DEAD: 1 })
    expect(await redeliverDead(ctx, { webhookId })).toEqual({ redelivered: 0, remaining: 0 })
    const { rows } = await product.db.pool.query(
      `SELECT (payload::jsonb -> 'details' ->> 'deliveries')::int AS deliveries FROM audit.event
       WHERE organization_id = $1 AND event_type = 'DEAD_LETTER_REPEATED'`,
      [organization.id],
    )
    expect(rows.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(2)
  })

  it('takes more than one batch, and is held where the endpoint is paused', async () => {
    await fresh()
    const { id: webhookId } = await endpoint(ctx)
    const [pattern] = await dead(webhookId, 1)
    await product.db.pool.query(
      `INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest, carrier,
         sender, headers, body, body_bytes, received_at)
       SELECT organization_id, gen_random_uuid(), endpoint_id, 'copy-' || n, key_source, body_digest, carrier,
         sender, headers, body, body_bytes, received_at FROM inbound.delivery d, generate_series(1, 1500) n WHERE d.id = $1`,
      [pattern],
    )
    await product.db.pool.query(
      `INSERT INTO inbound.dispatch SELECT (jsonb_populate_record(p, jsonb_build_object('delivery_id', d.id))).*
       FROM inbound.dispatch p, inbound.delivery d WHERE p.delivery_id = $1 AND d.id <> $1`,
      [pattern],
    )
    await patchWebhook(ctx, { webhookId, paused: true })
    expect(await redeliverDead(ctx, { webhookId })).toEqual({ redelivered: 1501, remaining: 0 })
    expect(await countInboundDeliveries(ctx, { webhookId })).toEqual({ HELD: 1501 })
  })
})

describe('an endpoint', () => {
  it('named beside a delivery must be the one it came in by', async () => {
    await fresh()
    const [webhook, other] = [await endpoint(ctx), await endpoint(ctx)]
    const { id: deliveryId } = await deliver(ctx, webhook.id)
    const here = { deliveryId, webhookId: webhook.id }
    expect(await getInboundDelivery(ctx, here)).toMatchObject({ id: deliveryId })
    const elsewhere = { deliveryId, webhookId: other.id }
    const attempts = [getInboundDelivery(ctx, elsewhere), redeliver(ctx, elsewhere)]
    await Promise.all(
      attempts.map((attempt) => expect(attempt).rejects.toMatchObject({ kind: 'not-found' })),
    )
  })

  it('is on one page of the list, whatever its size', async () => {
    await fresh()
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift((await endpoint(ctx)).id)
    await product.db.pool.query(
      'UPDATE inbound.endpoint SET created_at = now() WHERE organization_id = $1',
      [organization.id],
    )
    const seen: string[] = []
    let pageToken = ''
    do {
      const page = await listWebhookPage(ctx, { pageSize: 2, pageToken })
      expect(page.totalCount).toBe(5)
      seen.push(...page.items.map(({ id }) => id))
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    expect(seen).toEqual(ids.sort().reverse())
  })
})

describe('a signing secret', () => {
  const wish = { name: 'Orders', provider: 'GITHUB', subscription: receiver('shop') } as const
  const scopes: Scope[] = ['integrations:read', 'integrations:write', 'keys:write']
  const secretsOf = async () => {
    const { rows } = await product.db.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM inbound.secret WHERE organization_id = $1',
      [organization.id],
    )
    return rows[0]?.count
  }

  it('is made by who may make tokens: nobody else leaves one behind', async () => {
    await fresh()
    const { id: webhookId } = await endpoint(ctx)
    const signed = await endpoint(ctx, 'GITHUB')
    const [{ id: subscriptionId = '' } = {}] = await listSubscriptions(ctx, { webhookId })
    const stale = await organization.member('ADMIN', {
      reauthenticatedAt: Date.now() - REAUTHENTICATION_WINDOW_MS - 1000,
    })
    const personal = await organization.bearer((await mint(ctx, { scopes })).secret)
    const account = await organization.bearer((await provision(ctx, scopes)).token.secret)
    await product.db.pool.query(
      'UPDATE organizations SET token_bearer_minting = false WHERE id = $1',
      [organization.id],
    )
    const refused: [Context, string][] = [
      [stale, 'reauthentication_required'],
      [account, 'service_account_cannot_mint'],
      [await organization.refresh(personal), 'bearer_minting_disabled'],
    ]
    const before = await secretsOf()
    for (const [caller, code] of refused) {
      const attempts = [
        createWebhook(caller, NO_AGENTS, wish),
        createSubscription(caller, NO_AGENTS, { webhookId, ...receiver('other') }),
        rotateWebhookSecret(caller, { webhookId: signed.id }),
        rotateSubscriptionSecret(caller, { webhookId, subscriptionId }),
      ]
      await Promise.all(attempts.map((attempt) => expect(attempt).rejects.toMatchObject({ code })))
    }
    expect(await secretsOf()).toBe(before)
    await rotateSubscriptionSecret(personal, { webhookId, subscriptionId })
    expect(await secretsOf()).toBe(Number(before) + 1)
  })

  it('is made once for an idempotency key, and shown once', async () => {
    await fresh()
    const key = { idempotencyKey: 'once' }
    const made = await createWebhook(ctx, NO_AGENTS, wish, key)
    const again = await createWebhook(ctx, NO_AGENTS, wish, key)
    expect(made.signingSecret).toMatch(/^whsec_/)
    expect(again).toEqual({ ...made, signingSecret: null })
    const webhookId = made.webhook.id
    const rotation = { webhookId, subscriptionId: made.subscription?.id ?? '' }
    const rotated = await rotateSubscriptionSecret(ctx, rotation, key)
    const unseen = { subscription: rotated.subscription, signingSecret: null }
    expect(await rotateSubscriptionSecret(ctx, rotation, key)).toEqual(unseen)
    expect(await secretsOf()).toBe(2)
    const another = { webhookId, ...receiver('other') }
    const added = await createSubscription(ctx, NO_AGENTS, another, key)
    expect(await createSubscription(ctx, NO_AGENTS, another, key)).toEqual({
      subscription: added.subscription,
      signingSecret: null,
    })
    expect(await secretsOf()).toBe(3)
    const theirs = await rotateWebhookSecret(ctx, { webhookId }, key)
    expect(await rotateWebhookSecret(ctx, { webhookId }, key)).toEqual({ ...theirs, secret: null })
    expect(await secretsOf()).toBe(4)
    await expect(
      createWebhook(ctx, NO_AGENTS, { ...wish, name: 'Others' }, key),
    ).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })
})
