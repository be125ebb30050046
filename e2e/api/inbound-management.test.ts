import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Organization, type World } from '@/e2e/api/support/world'
import { type CountingReceiver, startCountingReceiver } from '@/e2e/support/counting-receiver'
import { insertDeliveryRow } from '@/e2e/support/webhook-row'
import type { Scope } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'
import { standardSignature } from '@/lib/inbound/signatures'

/** Endpoints from their making to their end, by API alone. */

const SCOPES: Scope[] = ['integrations:read', 'integrations:write', 'inbound:deliver']

interface Endpoint {
  id: string
  address: string
}

let world: World
let receiver: CountingReceiver
let org: Organization
let caller: ReturnType<World['as']>

beforeAll(async () => {
  receiver = await startCountingReceiver()
  world = await createWorld({ env: { INBOUND_PRIVATE_TARGETS: receiver.origin } })
  org = await world.organization()
  caller = world.as(await org.token(await org.person('ADMIN'), SCOPES))
})
afterAll(async () => {
  await world.close()
  receiver.close()
})

const receiverOf = (subscriberId = 'shop', eventFilter: string | null = null) => ({
  subscriberType: 'HTTP',
  subscriberId,
  eventFilter,
  config: { url: `${receiver.origin}/in?of=${subscriberId}` },
})
const wish = (provider = 'GENERIC') => ({
  name: 'orders',
  provider,
  subscription: receiverOf(),
})
async function made(provider?: string): Promise<Endpoint> {
  const answer = await caller.post(`${org.path}/webhooks`, wish(provider))
  expect(answer.status).toBe(201)
  return answer.json<{ webhook: Endpoint }>().webhook
}
const pathOf = ({ id }: Endpoint) => `${org.path}/webhooks/${id}`
const deliver = ({ address }: Endpoint, type = 'order.paid') =>
  caller.post(new URL(address).pathname, { type, n: newId() })

describe('an endpoint', () => {
  it('is made with a secret that no other answer has, and taken at its address', async () => {
    const key = { 'Idempotency-Key': newId() }
    const answer = await caller.post(`${org.path}/webhooks`, wish(), key)
    const made = answer.json<{ webhook: Endpoint; subscription: object; signingSecret: string }>()
    const { webhook, subscription } = made
    expect(made.signingSecret).toMatch(/^whsec_/)
    expect(answer.headers.location).toBe(pathOf(webhook))
    const again = await caller.post(`${org.path}/webhooks`, wish(), key)
    expect(again.json()).toEqual({ webhook, subscription, signingSecret: null })
    const shown = await caller.get(pathOf(webhook))
    expect(shown.json()).toEqual(webhook)
    expect(shown.json()).toMatchObject({
      paused: false,
      providerSecret: null,
      subscriptionCount: 1,
    })
    const { id } = (await deliver(webhook)).json<{ id: string }>()
    await expect.poll(() => receiver.taken.get(id), { timeout: 20_000 }).toBe(1)
    const listed = await caller.get(`${org.path}/webhooks?pageSize=1`)
    expect(listed.json()).toMatchObject({ items: [webhook], nextPageToken: '', totalCount: 1 })
  })

  it('refuses what it cannot be, and is never confused with a delivery', async () => {
    const refused = await caller.post(`${org.path}/webhooks`, {
      ...wish(),
      subscription: { ...receiverOf(), config: { url: 'https://127.0.0.1/in' } },
    })
    expect(refused.json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/subscription/config/url' }],
    })
    const half = await caller.post(`${org.path}/webhooks`, { ...wish(), name: 'x\ud83d' })
    expect(half.json()).toMatchObject({ status: 400, errors: [{ pointer: '/name' }] })
    const webhook = await made()
    for (const path of ['webhooks/generic', `webhooks/${newId()}`, 'webhooks/-']) {
      expect((await caller.get(`${org.path}/${path}`)).status, path).toBe(404)
    }
    const onAddress = await caller.get(new URL(webhook.address).pathname)
    expect(onAddress.status).toBe(405)
    const toNothing = await caller.post(`${org.path}/webhooks/${webhook.id}/generic`, {})
    expect(toNothing.status).toBe(404)
  })

  it('holds while it is paused, and goes with all that came in', async () => {
    const webhook = await made()
    const paused = await caller.patch(pathOf(webhook), { paused: true, name: 'held' })
    expect(paused.json()).toMatchObject({ paused: true, name: 'held' })
    const { id } = (await deliver(webhook)).json<{ id: string }>()
    const held = await caller.get(`${pathOf(webhook)}/deliveries?state=HELD`)
    expect(held.json()).toMatchObject({ items: [{ id, webhookName: 'held' }], totalCount: 1 })
    await caller.patch(pathOf(webhook), { paused: false })
    await expect.poll(() => receiver.taken.get(id), { timeout: 20_000 }).toBe(1)
    expect((await caller.delete(pathOf(webhook))).status).toBe(204)
    expect((await caller.get(pathOf(webhook))).status).toBe(404)
    expect((await caller.get(`${pathOf(webhook)}/deliveries`)).status).toBe(404)
    expect((await caller.get(`${pathOf(webhook)}/deliveries/${id}`)).status).toBe(404)
    expect((await deliver(webhook)).status).toBe(404)
  })

  it('takes deliveries by the secret that was made for it, and by the one before', async () => {
    const webhook = await made('STANDARD')
    const rotate = async (body = {}) =>
      (await caller.post(`${pathOf(webhook)}:rotateSecret`, body)).json<{
        secret: string
        webhook: { providerSecret: { formerUntil: number | null } }
      }>()
    const knock = async (secret: string) => {
      const [id, body] = [newId(), JSON.stringify({ n: newId() })]
      const timestamp = String(Math.floor(Date.now() / 1000))
      const signature = standardSignature([secret], { id, timestamp, body: Buffer.from(body) })
      const answer = await world.call({
        method: 'POST',
        path: new URL(webhook.address).pathname,
        body,
        headers: {
          'Content-Type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signature,
        },
      })
      return answer.status
    }
    const first = await rotate()
    const second = await rotate()
    expect(second.webhook.providerSecret.formerUntil).toBeGreaterThan(Date.now())
    expect([await knock(first.secret), await knock(second.secret)]).toEqual([200, 200])
    const third = await rotate({ overlapHours: 0 })
    expect([await knock(second.secret), await knock(third.secret)]).toEqual([401, 200])
    const pasted = await rotate({ secret: third.secret })
    expect(pasted.secret).toBeNull()
  })
})

describe('a subscription', () => {
  it('is added, takes what its filter says, is changed, paused and removed', async () => {
    const webhook = await made()
    const subscriptions = `${pathOf(webhook)}/subscriptions`
    const key = { 'Idempotency-Key': newId() }
    const answer = await caller.post(subscriptions, receiverOf('audit', 'user.*,push'), key)
    expect(answer.status).toBe(201)
    const { subscription, signingSecret } = answer.json<{
      subscription: { id: string }
      signingSecret: string
    }>()
    expect(signingSecret).toMatch(/^whsec_/)
    const path = `${subscriptions}/${subscription.id}`
    expect(answer.headers.location).toBe(path)
    const again = await caller.post(subscriptions, receiverOf('audit', 'user.*,push'), key)
    expect(again.json()).toEqual({ subscription, signingSecret: null })
    expect((await caller.get(path)).json()).toEqual(subscription)
    expect(subscription).toMatchObject({
      ...receiverOf('audit', 'user.*, push'),
      ...{ webhookId: webhook.id, paused: false, signingSecret: { formerUntil: null } },
    })
    expect((await caller.get(pathOf(webhook))).json()).toMatchObject({ subscriptionCount: 2 })

    const [one, two] = [await deliver(webhook), await deliver(webhook, 'user.made')].map(
      (delivered) => delivered.json<{ id: string }>().id,
    )
    await expect.poll(() => receiver.taken.get(two ?? ''), { timeout: 20_000 }).toBe(2)
    await expect.poll(() => receiver.taken.get(one ?? ''), { timeout: 20_000 }).toBe(1)
    const taken = await caller.get(`${pathOf(webhook)}/deliveries?event=user.*`)
    expect(taken.json()).toMatchObject({
      items: [{ id: two, eventType: 'user.made', dispatches: [{}, { subscriberId: 'audit' }] }],
      totalCount: 1,
    })

    const rotated = await caller.post(`${path}:rotateSecret`)
    expect(rotated.json<{ signingSecret: string }>().signingSecret).not.toBe(signingSecret)
    const changed = await caller.patch(path, { eventFilter: null, paused: true })
    expect(changed.json()).toMatchObject({ eventFilter: null, paused: true })
    const three = (await deliver(webhook)).json<{ id: string }>().id
    expect((await caller.delete(path)).status).toBe(204)
    expect((await caller.get(path)).status).toBe(404)
    const ended = await caller.get(`${pathOf(webhook)}/deliveries/${three}`)
    expect(ended.json()).toMatchObject({
      dispatches: [{ subscriberId: 'shop' }, { state: 'ENDED', isRemoved: true }],
    })
    await expect.poll(() => receiver.taken.get(three), { timeout: 20_000 }).toBe(1)
  })

  it('refuses what it cannot be, each with its place', async () => {
    const webhook = await made()
    const subscriptions = `${pathOf(webhook)}/subscriptions`
    const good = receiverOf('other')
    for (const [body, pointer] of [
      [{ ...good, eventFilter: '*' }, '/eventFilter'],
      [{ ...good, config: {} }, '/config/url'],
      [{ ...good, config: { ...good.config, method: 'PUT' } }, '/config/method'],
      [{ ...good, subscriberType: 'QUEUE' }, '/subscriberType'],
      [{ ...good, subscriberId: ' ' }, '/subscriberId'],
      // Halves of characters: no database keeps them.
      [{ ...good, subscriberId: 'x\ud83d' }, '/subscriberId'],
      [{ ...good, eventFilter: '\udc00*' }, '/eventFilter'],
      [{ ...good, config: { ...good.config, '\ud800': 1 } }, '/config'],
    ] as const) {
      const refused = await caller.post(subscriptions, body)
      expect(refused.json(), pointer).toMatchObject({ status: 400, errors: [{ pointer }] })
    }
    const twice = await caller.post(subscriptions, receiverOf())
    expect(twice.json()).toMatchObject({ status: 409, code: 'subscriber_exists' })
    // Nothing that nobody has can be rotated: the deliveries carry a token, and nothing is forwarded from here.
    const rotated = await caller.post(`${pathOf(webhook)}:rotateSecret`)
    expect(rotated.json()).toMatchObject({ status: 400, code: 'webhook_has_no_secret' })
  })

  it('of nobody leaves what comes in unmatched, and acknowledged', async () => {
    const answer = await caller.post(`${org.path}/webhooks`, { name: 'kept', provider: 'GENERIC' })
    expect(answer.json()).toMatchObject({ subscription: null, signingSecret: null })
    const { webhook } = answer.json<{ webhook: Endpoint }>()
    const { id } = (await deliver(webhook)).json<{ id: string }>()
    const path = `${pathOf(webhook)}/deliveries/${id}`
    expect((await caller.get(path)).json()).toMatchObject({ state: 'UNMATCHED', dispatches: [] })
    const again = await caller.post(`${path}:redeliver`)
    expect(again.json()).toMatchObject({ status: 409, code: 'no_subscriber' })
  })
})

describe('what was given up', () => {
  it('is read with its content, and sent again alone or as a whole', async () => {
    const webhook = await made()
    const row = { organizationId: org.id, webhookId: webhook.id, state: 'DEAD' as const }
    const ids: string[] = []
    for (let n = 0; n < 3; n++) ids.push(await insertDeliveryRow(world.pool, row))
    const [first = ''] = ids
    const deliveries = `${pathOf(webhook)}/deliveries`
    const one = await caller.get(`${deliveries}/${first}`)
    expect(one.json()).toMatchObject({ id: first, state: 'DEAD', text: '{}' })
    expect(one.json()).toMatchObject({ dispatches: [{ state: 'DEAD', attempts: [] }] })
    expect((await caller.get(`${pathOf(await made())}/deliveries/${first}`)).status).toBe(404)
    const again = await caller.post(`${deliveries}/${first}:redeliver`, {})
    expect(again.status).toBe(200)
    const all = await caller.post(`${deliveries}:redeliverDead`, {})
    expect(all.json()).toEqual({ redelivered: 2, remaining: 0 })
    for (const id of ids) {
      await expect.poll(() => receiver.taken.get(id), { timeout: 20_000 }).toBe(1)
    }
    const everywhere = await caller.get(`${org.path}/webhooks/-/deliveries?pageSize=200`)
    expect(everywhere.json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(ids),
    )
  })
})

it('leads to an agent, which each delivery is run by once', async () => {
  const scopes: Scope[] = [
    ...SCOPES,
    'agents:read',
    'agents:write',
    'revisions:read',
    'revisions:write',
    'revisions:deploy',
    'agents:execute',
    'executions:read',
  ]
  const author = world.as(await org.token(await org.person('ADMIN'), scopes))
  const agents = `${org.path}/agents`
  await author.post(agents, { id: 'orders-bot', displayName: 'Orders' })
  await author.post(`${agents}/orders-bot/revisions`, {
    instructions: 'Sum up the order.',
    provider: 'local',
    model: 'echo',
  })
  const subscription = { subscriberType: 'AGENT', subscriberId: 'orders-bot' }
  const wanted = { name: 'to-agent', provider: 'GENERIC', subscription }
  expect((await author.post(`${org.path}/webhooks`, wanted)).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/subscription/subscriberId' }],
  })
  expect((await author.post(`${agents}/orders-bot/revisions/1:deploy`, {})).status).toBe(200)
  expect((await caller.post(`${org.path}/webhooks`, wanted)).status).toBe(403)
  const answer = await author.post(`${org.path}/webhooks`, wanted)
  const { webhook } = answer.json<{ webhook: Endpoint }>()
  expect(answer.json()).toMatchObject({
    subscription: { ...subscription, config: {}, eventFilter: null, signingSecret: null },
    signingSecret: null,
  })
  const { id: subscriptionId } = answer.json<{ subscription: { id: string } }>().subscription
  const rotated = await author.post(
    `${pathOf(webhook)}/subscriptions/${subscriptionId}:rotateSecret`,
  )
  expect(rotated.json()).toMatchObject({ status: 400, code: 'subscriber_has_no_secret' })
  const { id } = (await deliver(webhook)).json<{ id: string }>()
  const runs = async () =>
    (await author.get(`${org.path}/executions?agent=orders-bot`)).json<{ items: object[] }>().items
  await expect.poll(runs, { timeout: 20_000 }).toMatchObject([{ status: 'SUCCEEDED' }])
  const delivered = async () =>
    (await author.get(`${pathOf(webhook)}/deliveries/${id}`)).json<{ state: string }>().state
  await expect.poll(delivered, { timeout: 20_000 }).toBe('DELIVERED')
})

it('is for those who see the whole organization, and secrets for people and their tokens', async () => {
  const webhook = await made()
  const member = world.as(await org.token(await org.person('MEMBER'), SCOPES))
  expect((await member.get(`${org.path}/webhooks`)).json()).toMatchObject({
    status: 403,
    code: 'role_insufficient',
  })
  const account = world.as(await org.token(await org.serviceAccount(SCOPES), SCOPES))
  expect((await account.get(pathOf(webhook))).status).toBe(200)
  expect((await account.patch(pathOf(webhook), { name: 'renamed' })).status).toBe(200)
  const subscriptions = `${pathOf(webhook)}/subscriptions`
  const { items } = (await account.get(subscriptions)).json<{ items: { id: string }[] }>()
  const subscription = `${subscriptions}/${items[0]?.id}`
  expect((await account.patch(subscription, { paused: true })).status).toBe(200)
  const strict = await world.organization({ bearerMinting: false })
  const inStrict = world.as(await strict.token(await strict.person('ADMIN'), SCOPES))
  const refused = [
    [account, `${org.path}/webhooks`, wish(), 'service_account_cannot_mint'],
    [account, subscriptions, receiverOf('other'), 'service_account_cannot_mint'],
    [account, `${subscription}:rotateSecret`, {}, 'service_account_cannot_mint'],
    [account, `${pathOf(webhook)}:rotateSecret`, {}, 'service_account_cannot_mint'],
    [inStrict, `${strict.path}/webhooks`, wish(), 'bearer_minting_disabled'],
  ] as const
  for (const [who, path, body, code] of refused) {
    expect((await who.post(path, body)).json(), path).toMatchObject({ status: 403, code })
  }
})
