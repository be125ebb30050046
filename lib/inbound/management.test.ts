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
} from '@/lib/inbound/inbound-fixture'
import { listWebhookPage } from '@/lib/inbound/queries'
import { redeliver } from '@/lib/inbound/redeliver'
import { countDeadLetter, redeliverDead } from '@/lib/inbound/redeliver-dead'
import { rotateWebhookSecret } from '@/lib/inbound/rotate-secret'
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
      `INSERT INTO inbound.delivery SELECT (jsonb_populate_record(d, jsonb_build_object(
         'id', gen_random_uuid(), 'delivery_key', 'copy-' || n))).*
       FROM inbound.delivery d, generate_series(1, 1500) n WHERE d.id = $1`,
      [pattern],
    )
    await patchWebhook(ctx, NO_AGENTS, { webhookId, paused: true })
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
    for (const attempt of [getInboundDelivery(ctx, elsewhere), redeliver(ctx, elsewhere)]) {
      await expect(attempt).rejects.toMatchObject({ kind: 'not-found' })
    }
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
  const wish = { name: 'Orders', provider: 'GITHUB', targetUrl: 'https://example.com/in' } as const
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
        rotateWebhookSecret(caller, { webhookId, purpose: 'FORWARD' }),
      ]
      await Promise.all(attempts.map((attempt) => expect(attempt).rejects.toMatchObject({ code })))
    }
    expect(await secretsOf()).toBe(before)
    await rotateWebhookSecret(personal, { webhookId, purpose: 'FORWARD' })
    expect(await secretsOf()).toBe(Number(before) + 1)
  })

  it('is made once for an idempotency key, and shown once', async () => {
    await fresh()
    const key = { idempotencyKey: 'once' }
    const made = await createWebhook(ctx, NO_AGENTS, wish, key)
    const again = await createWebhook(ctx, NO_AGENTS, wish, key)
    expect(made.forwardSecret).toMatch(/^whsec_/)
    expect(again).toEqual({ webhook: made.webhook, forwardSecret: null })
    const rotation = { webhookId: made.webhook.id, purpose: 'FORWARD' as const }
    const rotated = await rotateWebhookSecret(ctx, rotation, key)
    expect(await rotateWebhookSecret(ctx, rotation, key)).toEqual({ ...rotated, secret: null })
    expect(await secretsOf()).toBe(2)
    await expect(
      createWebhook(ctx, NO_AGENTS, { ...wish, name: 'Others' }, key),
    ).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })
})
