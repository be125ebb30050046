import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archiveAgent } from '@/lib/agents/commands'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import type { Context } from '@/lib/context'
import { answerOf, executionWith, runnableAgent } from '@/lib/execution/execution-fixture'
import { inputOfDelivery, RUN_BODY_MAX_BYTES } from '@/lib/execution/inbound-input'
import { agentTarget, subscriberRules } from '@/lib/execution/inbound-target'
import { listExecutions } from '@/lib/execution/queries'
import { newId } from '@/lib/ids'
import { createWebhook } from '@/lib/inbound/commands'
import { getInboundDelivery } from '@/lib/inbound/deliveries'
import { claimDue, fireDispatch } from '@/lib/inbound/fire'
import { deliver, fireAll, firingRuntime } from '@/lib/inbound/inbound-fixture'
import { redeliver } from '@/lib/inbound/redeliver'
import {
  createSubscription,
  patchSubscription,
  rotateSubscriptionSecret,
} from '@/lib/inbound/subscription-commands'
import { listSubscriptions } from '@/lib/inbound/subscriptions'
import type { TriggerTarget } from '@/lib/inbound/trigger-target'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'mint', 'odd', 'Odd', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: { input: 1_000_000, output: 1_000_000 } }],
  )
})
afterAll(() => product.close())

const rules = subscriberRules([])
const wish = (agent: string) =>
  ({
    name: 'Orders',
    provider: 'GENERIC',
    subscription: { subscriberType: 'AGENT', subscriberId: agent },
  }) as const
const body = '{"topic":"the EU AI Act","unknown":1}'
const noProblem = (error: unknown) => {
  throw error
}

async function scene(execution = executionWith(async () => answerOf('Done', { input: 1000 }))) {
  await product.db.pool.query('DELETE FROM inbound.delivery')
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const agent = await runnableAgent(admin, { provider: 'mint', model: 'odd' })
  const { webhook } = await createWebhook(admin, rules, wish(agent))
  const target = agentTarget(admin.db, execution.runtime, noProblem)
  const firing = firingRuntime(admin, target as TriggerTarget, { claimMs: 0 })
  return { organization, admin, agent, webhook, firing, model: execution.model }
}

const seen = async (ctx: Context, deliveryId: string) => {
  const { state, dispatches } = await getInboundDelivery(ctx, { deliveryId })
  return { state, outcome: dispatches[0]?.outcome, tries: dispatches[0]?.log.length }
}
const due = (ctx: Context) =>
  ctx.db.pool.query(`UPDATE inbound.dispatch SET next_attempt_at = now() WHERE state = 'WAITING'`)

describe('a delivery to an agent', () => {
  it('is run once, also where a process died before it could write that down', async () => {
    const { admin, agent, webhook, firing, model } = await scene()
    const { id } = await deliver(admin, webhook.id, { body })
    const lost = await claimDue(firing, { kind: 'AGENT', most: 1 }, new Map())
    const [first] = lost.dispatches
    if (first) await firing.targets.find('AGENT')?.fire(first.target, { ...first, secrets: [] })
    expect(await fireAll(firing)).toBe(1)
    expect(model.doGenerateCalls).toHaveLength(1)
    expect(JSON.stringify(model.doGenerateCalls[0]?.prompt)).toContain('the EU AI Act')
    const { items } = await listExecutions(admin, { agent })
    expect(items).toMatchObject([
      {
        status: 'SUCCEEDED',
        origin: 'PRODUCTION',
        deliveryId: id,
        startedBy: { kind: 'WEBHOOK', id: webhook.id, label: 'Orders' },
      },
    ])
    expect(await seen(admin, id)).toMatchObject({
      state: 'DELIVERED',
      outcome: `Run ${items[0]?.id} had answered already.`,
    })
  })

  it('is tried again where the provider fails, and waits for a run that is under way or was broken off', async () => {
    let answers = false
    const { admin, webhook, firing, model } = await scene(
      executionWith(async () =>
        answers ? answerOf('Done') : Promise.reject(new Error('key sk-1')),
      ),
    )
    const { id } = await deliver(admin, webhook.id, { body })
    await fireAll(firing)
    const failed = await seen(admin, id)
    expect(failed.state).toBe('WAITING')
    expect(failed.outcome).not.toContain('sk-1')
    answers = true
    await due(admin)
    await fireAll(firing)
    expect(await seen(admin, id)).toMatchObject({ state: 'DELIVERED', tries: 2 })
    const calls = model.doGenerateCalls.length
    const states = [
      ['RUNNING', null, 'still under way'],
      ['FAILED', 'interrupted', 'broken off'],
      ['FAILED', 'model_timed_out', 'broken off'],
    ] as const
    for (const [status, code, words] of states) {
      const { rows } = await admin.db.pool.query(
        `UPDATE execution.run SET status = $2, error_code = $3, finished_at = CASE WHEN $2 = 'FAILED' THEN now() END
         WHERE delivery_id = $1 AND (status <> 'FAILED' OR error_code <> 'provider_failed') RETURNING id`,
        [id, status, code],
      )
      expect(rows).toHaveLength(1)
      await admin.db.pool.query(
        `UPDATE inbound.dispatch SET state = 'WAITING', tries = 0, next_attempt_at = now() WHERE delivery_id = $1`,
        [id],
      )
      await fireAll(firing)
      const now = await seen(admin, id)
      expect(now).toMatchObject({ state: 'WAITING' })
      expect(now.outcome).toContain(words)
    }
    expect(model.doGenerateCalls).toHaveLength(calls)
  })

  it('that may not run is given up in our words: parameters, budget, archive', async () => {
    const { admin, agent, webhook, firing, model } = await scene()
    const giveUp = { ...firing, setting: { ...firing.setting, attempts: 1 } }
    const outcomeOf = async (text: string) => {
      const { id } = await deliver(admin, webhook.id, {
        body: text,
        headers: { 'webhook-id': newId() },
      })
      const { claim, dispatches } = await claimDue(giveUp, { kind: 'AGENT', most: 1 }, new Map())
      for (const one of dispatches) await fireDispatch(giveUp, claim, one)
      expect(await seen(admin, id)).toMatchObject({ state: 'DEAD' })
      return (await seen(admin, id)).outcome
    }
    await deliver(admin, webhook.id, { body })
    await fireAll(giveUp)
    expect(await outcomeOf('{"topic":7}')).toBe('topic: Send a text.')
    expect(await outcomeOf('no json')).toContain('Its body: Send an object')
    await setOrganizationBudget(admin, {
      origin: 'PRODUCTION',
      amount: 1n,
      thresholds: null,
      enforce: true,
    })
    expect(await outcomeOf(body)).toContain('budget of the organization is spent')
    await archiveAgent(admin, { agent })
    expect(await outcomeOf(body)).toBe(`The agent ${agent} is archived.`)
    expect(model.doGenerateCalls).toHaveLength(1)
  })
})

it('runs each agent that subscribed once, and repeats none that has answered', async () => {
  const { admin, agent, webhook, firing, model } = await scene()
  const other = await runnableAgent(admin, { provider: 'mint', model: 'odd' })
  await createSubscription(admin, rules, {
    webhookId: webhook.id,
    subscriberType: 'AGENT',
    subscriberId: other,
  })
  const { id } = await deliver(admin, webhook.id, { body })
  await fireAll(firing)
  expect(await seen(admin, id)).toMatchObject({ state: 'DELIVERED' })
  for (const one of [agent, other]) {
    const { items } = await listExecutions(admin, { agent: one })
    expect(items).toMatchObject([{ status: 'SUCCEEDED', deliveryId: id }])
  }
  await redeliver(admin, { deliveryId: id })
  expect(await fireAll(firing)).toBe(2)
  expect(model.doGenerateCalls).toHaveLength(2)
})

it('takes an agent only from who may run it, once at an endpoint, and without an address', async () => {
  const { organization, admin, agent, webhook } = await scene()
  const scopes = ['integrations:read', 'integrations:write'] as const
  const token = await organization.bearer((await mint(admin, { scopes: [...scopes] })).secret)
  const wanted = { webhookId: webhook.id, subscriberType: 'AGENT', subscriberId: agent } as const
  await expect(createSubscription(token, rules, wanted)).rejects.toMatchObject({
    kind: 'forbidden',
  })
  const [{ id: subscriptionId = '' } = {}] = await listSubscriptions(admin, wanted)
  // Whoever keeps the endpoint may change what it takes.
  const named = { webhookId: webhook.id, subscriptionId }
  expect(await patchSubscription(token, rules, { ...named, eventFilter: 'push' })).toMatchObject({
    subscriberId: agent,
    eventFilter: 'push',
    config: {},
    signingSecret: null,
  })
  await expect(createSubscription(admin, rules, wanted)).rejects.toMatchObject({
    code: 'subscriber_exists',
  })
  await expect(rotateSubscriptionSecret(admin, named)).rejects.toMatchObject({
    kind: 'invalid',
    code: 'subscriber_has_no_secret',
  })
  const config = { url: 'https://example.com/in' }
  const refused = [
    [createSubscription(admin, rules, { ...wanted, subscriberId: 'nobody' }), '/subscriberId'],
    [createSubscription(admin, rules, { ...wanted, subscriberId: '' }), '/subscriberId'],
    [createSubscription(admin, rules, { ...wanted, config }), '/config/url'],
    [patchSubscription(admin, rules, { ...named, config }), '/config/url'],
  ] as const
  await Promise.all(
    refused.map(([attempt, pointer]) =>
      expect(attempt).rejects.toMatchObject({ errors: [{ pointer }] }),
    ),
  )
})

it('reads a body as members of an object, as payload, or as a text', () => {
  const parameter = (name: string, type: 'STRING' | 'NUMBER' = 'STRING') => ({
    name,
    type,
    required: false,
    description: '',
  })
  const read = (text: string, ...declared: ReturnType<typeof parameter>[]) =>
    inputOfDelivery(declared, Buffer.from(text))
  expect(read('{"a":1}')).toEqual({ input: '{"a":1}' })
  expect(read('{"a":"x","b":2}', parameter('a'), parameter('c'))).toEqual({ input: { a: 'x' } })
  expect(read('{"a":"x"}', parameter('a'), parameter('payload'))).toEqual({
    input: { a: 'x', payload: '{"a":"x"}' },
  })
  expect(read('plain', parameter('payload'))).toEqual({ input: { payload: 'plain' } })
  expect(read('[1]', parameter('a'))).toEqual({ input: '[1]' })
  expect(inputOfDelivery([], Buffer.from([0xff]))).toHaveProperty('refusal')
  expect(inputOfDelivery([], Buffer.alloc(RUN_BODY_MAX_BYTES + 1, 'a'))).toHaveProperty('refusal')
})
