import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Organization, type Token, type World } from '@/e2e/api/support/world'
import { type ApiCall, callApi } from '@/e2e/support/api-client'
import { type CountingReceiver, startCountingReceiver } from '@/e2e/support/counting-receiver'
import { insertWebhookRow } from '@/e2e/support/webhook-row'
import type { Scope } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'
import { newSigningSecret, standardSignature } from '@/lib/inbound/signatures'

/** Where other systems knock: what may stand in the URL, whose signature counts, and what is left behind. */

/** In the body of every delivery here: it is to be found in its row and nowhere else. */
const SENTINEL = 'Wilhelmina Zauberwort'

let world: World
let receiver: CountingReceiver
let org: Organization
let webhookId: string
/** Holds inbound:deliver and nothing else. */
let token: Token
let mixed: Token

beforeAll(async () => {
  receiver = await startCountingReceiver()
  world = await createWorld({
    env: { INBOUND_PRIVATE_TARGETS: receiver.origin, LOG_LEVEL: 'debug' },
  })
  org = await world.organization()
  webhookId = await endpoint()
  token = await tokenOf(['inbound:deliver'])
  mixed = await tokenOf(['inbound:deliver', 'agents:read'])
})
afterAll(async () => {
  await world.close()
  receiver.close()
})

const tokenOf = async (scopes: Scope[]) => org.token(await org.serviceAccount(scopes), scopes)
const endpoint = (row: Partial<Parameters<typeof insertWebhookRow>[2]> = {}) =>
  insertWebhookRow(world.pool, world.product.authSecret, {
    organizationId: org.id,
    url: `${receiver.origin}/in`,
    ...row,
  })

const pathOf = (id = webhookId, provider = 'generic', organization = org) =>
  `${organization.path}/webhooks/${provider}/${id}`
const body = () => ({ type: 'order.paid', of: SENTINEL, n: newId() })
const post = (call: Partial<ApiCall>) =>
  callApi(world.product.url, { method: 'POST', path: pathOf(), body: body(), ...call })

describe('a token', () => {
  it('brings a delivery in the header, the query or the path, and it is fired', async () => {
    const ids: string[] = []
    for (const [carrier, call] of Object.entries({
      BEARER: { token: mixed.secret },
      QUERY: { path: `${pathOf()}?apiKey=${token.secret}` },
      PATH: { path: `${pathOf()}/${token.secret}` },
    })) {
      const answer = await post(call)
      expect(answer.status, carrier).toBe(200)
      expect(answer.headers['referrer-policy']).toBe('no-referrer')
      expect(answer.headers['cache-control']).toBe('no-store')
      const { id } = answer.json<{ id: string }>()
      ids.push(id)
      const { rows } = await world.pool.query(
        'SELECT carrier FROM inbound.delivery WHERE id = $1',
        [id],
      )
      expect(rows).toEqual([{ carrier }])
    }
    await expect
      .poll(() => ids.map((id) => receiver.taken.get(id)), { timeout: 20_000 })
      .toEqual([1, 1, 1])
  })

  it('that holds more than inbound:deliver is refused in the URL, whoever owns it', async () => {
    const admin = await org.token(await org.person('ADMIN'), ['inbound:deliver', 'keys:write'])
    for (const secret of [mixed.secret, admin.secret]) {
      for (const path of [`${pathOf()}?apiKey=${secret}`, `${pathOf()}/${secret}`]) {
        const answer = await post({ path })
        expect(answer.json()).toMatchObject({ status: 401, code: 'invalid_token' })
        expect(answer.text).not.toContain(secret)
      }
    }
  })

  it('comes once: two carriers are a 400', async () => {
    const { secret } = token
    const twice: Partial<ApiCall>[] = [
      { path: `${pathOf()}?apiKey=${secret}`, token: secret },
      { path: `${pathOf()}/${secret}`, token: secret },
      { path: `${pathOf()}/${secret}?apiKey=${secret}` },
      { path: `${pathOf()}?apiKey=${secret}&apiKey=${secret}` },
      { path: `${pathOf()}?access_token=${secret}`, token: secret },
      { path: `${pathOf()}?apiKey=${secret}`, headers: { 'X-API-KEY': secret } },
    ]
    for (const call of twice) {
      const answer = await post(call)
      expect(answer.json(), JSON.stringify(Object.keys(call))).toMatchObject({
        status: 400,
        code: 'invalid_request',
      })
    }
  })

  it('needs the scope, the right organization and an endpoint of that kind', async () => {
    const other = await tokenOf(['agents:read'])
    expect((await post({ token: other.secret })).json()).toMatchObject({
      status: 403,
      missingScopes: ['inbound:deliver'],
    })
    const stranger = await world.organization()
    for (const path of [
      pathOf(webhookId, 'generic', stranger),
      pathOf(webhookId, 'github'),
      pathOf(newId()),
      pathOf('no-uuid'),
    ]) {
      const answer = await post({ path, token: token.secret })
      expect(answer.json(), path).toMatchObject({ status: 404, code: 'not_found' })
    }
    const bad = await post({ path: `${pathOf()}?apiKey=fx_sat_${'a'.repeat(49)}` })
    expect(bad.json()).toMatchObject({ status: 401, code: 'invalid_token' })
    expect((await post({ path: `${pathOf()}?apiKey=` })).status).toBe(401)
  })

  it('is not repeated where no route takes the path', async () => {
    const { secret } = token
    // As a client may write it; read back it is the same.
    const encoded = secret.replaceAll('_', '%5F')
    const code = 'k3dTr9'.repeat(8)
    const below = `${org.path}/webhooks/…`
    const calls: [method: string, path: string, status: number, instance: string][] = [
      ['GET', `${pathOf()}/${secret}`, 405, below],
      ['GET', `${pathOf()}/${encoded}`, 405, below],
      ['POST', `${pathOf(webhookId, 'generik')}/${encoded}`, 404, below],
      ['POST', `${pathOf()}/${encoded}/more`, 404, below],
      ['POST', `${org.path}/webhook/generic/${webhookId}/${encoded}`, 404, ''],
    ]
    calls.push(['PUT', `/v1/deviceAuthorizations/${code}`, 405, '/v1/deviceAuthorizations/…'])
    for (const [method, path, status, instance] of calls) {
      const answer = await callApi(world.product.url, { method, path })
      expect(answer.json(), path).toMatchObject({ status })
      expect(answer.json<{ instance: string }>().instance).toContain(instance)
      for (const said of [secret, encoded, secret.slice(7), code]) {
        expect(answer.text, path).not.toContain(said)
      }
    }
  })

  it('leads nowhere else when it stands in a URL', async () => {
    const answer = await callApi(world.product.url, {
      path: `${org.path}/tokens?apiKey=${token.secret}`,
    })
    expect(answer.status).toBe(401)
  })
})

describe('a delivery', () => {
  it('that comes again is answered as the first was, and fired once', async () => {
    const call = { token: token.secret, headers: { 'Idempotency-Key': newId() }, body: body() }
    const first = await post(call)
    const copies = await Promise.all([post(call), post(call), post({ ...call, body: body() })])
    for (const copy of copies) expect([copy.status, copy.text]).toEqual([200, first.text])
    const { id } = first.json<{ id: string }>()
    await expect.poll(() => receiver.taken.get(id), { timeout: 20_000 }).toBe(1)
    const other = await post({ ...call, headers: { 'Idempotency-Key': newId() } })
    await expect
      .poll(() => receiver.taken.has(other.json<{ id: string }>().id), { timeout: 20_000 })
      .toBe(true)
    expect(receiver.taken.get(id)).toBe(1)
  })

  it('holds a megabyte and no more', async () => {
    const text = (bytes: number) => 'x'.repeat(bytes)
    expect((await post({ token: token.secret, body: text(1024 * 1024) })).status).toBe(200)
    for (const call of [
      { token: token.secret },
      { path: pathOf(await endpoint({ provider: 'GITHUB' }), 'github') },
    ]) {
      const answer = await post({ ...call, body: text(1024 * 1024 + 1) })
      expect(answer.json()).toMatchObject({ status: 413, code: 'payload_too_large' })
    }
  })

  it('of a paused endpoint is taken and waits', async () => {
    const answer = await post({
      path: pathOf(await endpoint({ paused: true })),
      token: token.secret,
    })
    expect(answer.status).toBe(200)
    const { rows } = await world.pool.query('SELECT state FROM inbound.delivery WHERE id = $1', [
      answer.json().id,
    ])
    expect(rows).toEqual([{ state: 'HELD' }])
  })

  it('is counted as a request of a connector, with the pattern of its path for an address', async () => {
    const requests = async () => {
      const { rows } = await world.pool.query<{ requests: number }>(
        `SELECT coalesce(sum(requests), 0)::int AS requests FROM usage.request_day
         WHERE organization_id = $1 AND channel = 'CONNECTOR'`,
        [org.id],
      )
      return rows[0]?.requests ?? 0
    }
    const before = await requests()
    await post({ path: `${pathOf()}?apiKey=${token.secret}` })
    await expect.poll(requests).toBeGreaterThan(before)
    const { rows } = await world.pool.query<{ route: string }>(
      'SELECT DISTINCT route FROM activity.request WHERE organization_id = $1 AND scope = $2',
      [org.id, 'inbound:deliver'],
    )
    expect(rows).toEqual([{ route: '/v1/tenants/{tenant}/webhooks/{webhookProvider}/{webhookId}' }])
  })
})

describe('a signature', () => {
  const secret = newSigningSecret()
  let signedId: string
  beforeAll(async () => {
    signedId = await endpoint({ provider: 'STANDARD', providerSecret: secret })
  })

  function signed(text: string, { by = secret, secondsAgo = 0, id = newId() } = {}) {
    const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo)
    const message = { id, timestamp, body: Buffer.from(text) }
    return {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': standardSignature([by], message),
    }
  }
  const knock = (text: string, headers: Record<string, string>, call: Partial<ApiCall> = {}) =>
    post({ path: pathOf(signedId, 'standard'), body: text, headers, ...call })

  it('is enough by itself, and a copy is answered as the first was', async () => {
    const text = JSON.stringify(body())
    const headers = signed(text)
    const first = await knock(text, headers)
    expect(first.status).toBe(200)
    expect((await knock(text, headers)).text).toBe(first.text)
    await expect
      .poll(() => receiver.taken.get(first.json<{ id: string }>().id), { timeout: 20_000 })
      .toBe(1)
  })

  it('that is missing, wrong or old is a 401, as is an endpoint that is not there', async () => {
    const text = JSON.stringify(body())
    const stranger = await world.organization()
    const refused = [
      await knock(text, {}),
      await knock(text, signed(text, { by: newSigningSecret() })),
      await knock(`${text} `, signed(text)),
      await knock(text, signed(text, { secondsAgo: 301 })),
      await knock(text, signed(text, { secondsAgo: -330 })),
      await knock(text, signed(text), { path: pathOf(newId(), 'standard') }),
      await knock(text, signed(text), { path: pathOf('no-uuid', 'standard') }),
      await knock(text, signed(text), { path: pathOf(signedId, 'github') }),
      await knock(text, signed(text), { path: pathOf(signedId, 'standard', stranger) }),
      await knock(text, signed(text), {
        path: pathOf(await endpoint({ provider: 'STANDARD' }), 'standard'),
      }),
      await post({}),
    ]
    const told = refused.map((answer) => {
      const { requestId: _id, ...problem } = answer.json()
      return { problem, challenge: answer.headers['www-authenticate'] }
    })
    expect(told[0]).toMatchObject({ problem: { status: 401 }, challenge: 'Bearer' })
    for (const one of told) expect(one).toEqual(told[0])
  })

  it('is demanded of a token too', async () => {
    const text = JSON.stringify(body())
    expect((await knock(text, {}, { token: token.secret })).status).toBe(401)
    const call = { headers: signed(text), token: token.secret }
    expect((await knock(text, {}, call)).status).toBe(200)
  })
})

it('leaves no token and no content in the log, and no content but in its row', async () => {
  const logs = world.product.logs()
  for (const text of [token.secret, mixed.secret, SENTINEL, token.secret.slice(7, 30)]) {
    expect(logs).not.toContain(text)
  }
  for (const table of ['activity.request', 'audit.event', 'graphile_worker._private_jobs']) {
    const { rows } = await world.pool.query(
      `SELECT count(*)::int AS found FROM ${table} AS t WHERE t::text ~ $1`,
      [`${SENTINEL}|${token.secret}|${mixed.secret}`],
    )
    expect(rows, table).toEqual([{ found: 0 }])
  }
  const { rows } = await world.pool.query(
    'SELECT count(*)::int AS found FROM inbound.delivery AS d WHERE headers::text || sender || delivery_key ~ $1',
    [`${token.secret}|${mixed.secret}`],
  )
  expect(rows).toEqual([{ found: 0 }])
})
