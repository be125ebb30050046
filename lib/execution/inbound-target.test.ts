import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archiveAgent } from '@/lib/agents/commands'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import type { Context } from '@/lib/context'
import { answerOf, executionWith, runnableAgent } from '@/lib/execution/execution-fixture'
import { inputOfDelivery, RUN_BODY_MAX_BYTES } from '@/lib/execution/inbound-input'
import { agentTarget, targetRules } from '@/lib/execution/inbound-target'
import { listExecutions } from '@/lib/execution/queries'
import { newId } from '@/lib/ids'
import { createWebhook, patchWebhook } from '@/lib/inbound/commands'
import { getInboundDelivery } from '@/lib/inbound/deliveries'
import { claimDue, fireDelivery } from '@/lib/inbound/fire'
import { deliver, fireAll, firingRuntime } from '@/lib/inbound/inbound-fixture'
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

const rules = targetRules([])
const wish = (agent: string) =>
  ({ name: 'Orders', provider: 'GENERIC', targetAgentId: agent }) as const
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
  const { state, outcome, log } = await getInboundDelivery(ctx, { deliveryId })
  return { state, outcome, tries: log.length }
}
const due = (ctx: Context) =>
  ctx.db.pool.query(`UPDATE inbound.delivery SET next_attempt_at = now() WHERE state = 'WAITING'`)

describe('a delivery to an agent', () => {
  it('is run once, also where a process died before it could write that down', async () => {
    const { admin, agent, webhook, firing, model } = await scene()
    const { id } = await deliver(admin, webhook.id, { body })
    const lost = await claimDue(firing, { kind: 'AGENT', most: 1 }, new Map())
    const [first] = lost.deliveries
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
    ] as const
    for (const [status, code, words] of states) {
      const { rows } = await admin.db.pool.query(
        `UPDATE execution.run SET status = $2, error_code = $3, finished_at = CASE WHEN $2 = 'FAILED' THEN now() END
         WHERE delivery_id = $1 AND (status <> 'FAILED' OR error_code = 'interrupted') RETURNING id`,
        [id, status, code],
      )
      expect(rows).toHaveLength(1)
      await admin.db.pool.query(
        `UPDATE inbound.delivery SET state = 'WAITING', tries = 0, next_attempt_at = now() WHERE id = $1`,
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
      const { claim, deliveries } = await claimDue(giveUp, { kind: 'AGENT', most: 1 }, new Map())
      for (const one of deliveries) await fireDelivery(giveUp, claim, one)
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

it('takes an agent only from who may run it, and one target at a time', async () => {
  const { organization, admin, agent, webhook } = await scene()
  const scopes = ['integrations:read', 'integrations:write'] as const
  const token = await organization.bearer((await mint(admin, { scopes: [...scopes] })).secret)
  const change = { webhookId: webhook.id, targetAgentId: agent }
  await expect(patchWebhook(token, rules, change)).rejects.toMatchObject({ kind: 'forbidden' })
  expect(await patchWebhook(token, rules, { webhookId: webhook.id, name: 'Bills' })).toMatchObject({
    name: 'Bills',
    target: { kind: 'AGENT', agentId: agent },
  })
  const both = { ...change, targetUrl: 'https://example.com/in' }
  for (const wrong of [
    both,
    { ...change, targetAgentId: 'nobody' },
    { webhookId: webhook.id, targetKind: 'AGENT' as const },
  ]) {
    await expect(patchWebhook(admin, rules, wrong)).rejects.toMatchObject({
      errors: [{ pointer: '/targetAgentId' }],
    })
  }
  const led = await patchWebhook(admin, rules, {
    webhookId: webhook.id,
    targetUrl: 'https://example.com/in',
  })
  expect(led.target).toEqual({ kind: 'HTTP', url: 'https://example.com/in' })
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
