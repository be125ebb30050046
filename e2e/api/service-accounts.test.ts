import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf } from '@/e2e/api/support/history'
import {
  type Account,
  type Caller,
  createWorld,
  type Organization,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'

const DAY_MS = 24 * 60 * 60 * 1000

let world: World
let org: Organization
let admin: Caller

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = world.as(await org.token(await org.person('ADMIN'), ALL_SCOPES, { expiresInMs: null }))
})
afterAll(() => world.close())

const item = (account: Account) => `${org.path}/serviceAccounts/${account.serviceAccountId}`

async function use(token: Pick<Token, 'secret'>) {
  const answer = await world.as(token).get(`${org.path}/tokens/current`)
  return answer.status === 200 ? 200 : answer.json().reason
}

async function eventsOf(account: Account): Promise<string[]> {
  const events = await auditOf(world.pool, org.id)
  return events
    .filter(({ targetId }) => targetId === account.serviceAccountId)
    .map(({ eventType }) => eventType)
}

describe('creation', () => {
  it('answers 201 with the account and its first secret, once', async () => {
    const body = {
      name: 'deploy bot',
      description: 'ships it',
      scopes: ['agents:execute'],
      preset: 'runner',
      keyExpirationDays: 30,
    }
    const answer = await admin.post(`${org.path}/serviceAccounts`, body)
    const { serviceAccount, key } = answer.json<{
      serviceAccount: { id: string }
      key: { token: string; createdAt: number; expiresAt: number }
    }>()
    expect(answer.status).toBe(201)
    expect(answer.headers.location).toBe(`${org.path}/serviceAccounts/${serviceAccount.id}`)
    expect(serviceAccount).toMatchObject({
      name: 'deploy bot',
      description: 'ships it',
      scopes: ['agents:execute', 'traces:write'],
      isActive: true,
      state: 'ACTIVE',
      activeTokens: 1,
    })
    expect(key).toMatchObject({
      type: 'SERVICE_ACCOUNT',
      scopes: ['agents:execute', 'traces:write'],
    })
    expect(key.token).toMatch(/^fx_sat_/)
    expect(key.expiresAt - key.createdAt).toBe(30 * DAY_MS)
    const current = await world.as({ secret: key.token }).get(`${org.path}/tokens/current`)
    expect(current.json()).toMatchObject({
      ownerType: 'SERVICE_ACCOUNT',
      ownerId: serviceAccount.id,
    })
    for (const path of ['', `/${serviceAccount.id}`, `/${serviceAccount.id}/auditEvents`]) {
      const shown = await admin.get(`${org.path}/serviceAccounts${path}`)
      expect(shown.text).toContain(serviceAccount.id)
      expect(shown.text).not.toContain(key.token)
    }
  })

  it.each([
    ['no scope', {}, '/scopes'],
    ['an unknown scope', { scopes: ['agents:fly'] }, '/scopes/0'],
    ['days of another name', { preset: 'runner', expirationDays: 1 }, '/expirationDays'],
    ['half a day', { preset: 'runner', keyExpirationDays: 0.5 }, '/keyExpirationDays'],
    ['an id', { preset: 'runner', id: 'mine' }, '/id'],
    ['an endless description', { preset: 'runner', description: 'd'.repeat(2049) }, '/description'],
  ])('is refused for %s', async (_name, body, pointer) => {
    const answer = await admin.post(`${org.path}/serviceAccounts`, body)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer }] })
  })
})

describe('suspension', () => {
  it('refuses all its tokens at once; resuming revives only those not revoked', async () => {
    const account = await org.serviceAccount(['agents:read'])
    const tokens = await Promise.all([1, 2, 3].map(() => org.token(account, ['agents:read'])))
    const uses = () => Promise.all(tokens.map(use))
    expect(await uses()).toEqual([200, 200, 200])
    const suspended = await admin.post(`${item(account)}:suspend`)
    expect(suspended.json()).toMatchObject({ state: 'SUSPENDED', isActive: false, activeTokens: 0 })
    expect(await uses()).toEqual(['suspended', 'suspended', 'suspended'])
    expect((await admin.delete(`${org.path}/tokens/${tokens[1]?.id}`)).status).toBe(204)
    const resumed = await admin.post(`${item(account)}:resume`)
    expect(resumed.json()).toMatchObject({ state: 'ACTIVE', isActive: true, activeTokens: 2 })
    expect(await uses()).toEqual([200, 'revoked', 200])
    expect(await eventsOf(account)).toEqual(['SUSPENDED', 'RESUMED'])
  })

  it('twice is once', async () => {
    const account = await org.serviceAccount(['agents:read'])
    for (const verb of ['suspend', 'suspend', 'resume', 'resume']) {
      expect((await admin.post(`${item(account)}:${verb}`)).status).toBe(200)
    }
    expect(await eventsOf(account)).toEqual(['SUSPENDED', 'RESUMED'])
  })
})

describe('revocation', () => {
  it('is for ever, of the account and of each of its tokens', async () => {
    const account = await org.serviceAccount(['agents:read'])
    const token = await org.token(account, ['agents:read'])
    expect((await admin.delete(item(account))).status).toBe(204)
    expect((await admin.delete(item(account))).status).toBe(204)
    expect(await use(token)).toBe('revoked')
    expect(await eventsOf(account)).toEqual(['ACCOUNT_REVOKED'])
    for (const verb of ['resume', 'suspend', 'rotate?keyExpirationDays=1']) {
      const answer = await admin.post(`${item(account)}:${verb}`)
      expect(answer.json()).toMatchObject({ status: 409, code: 'service_account_revoked' })
    }
    expect((await admin.patch(item(account), { name: 'again' })).status).toBe(409)
    expect((await admin.post(`${item(account)}/tokens:generate`, {})).status).toBe(409)
    expect((await admin.get(item(account))).json()).toMatchObject({
      state: 'REVOKED',
      isActive: false,
    })
  })

  it('holds even where a row was skipped: the account itself is asked', async () => {
    const account = await org.serviceAccount(['agents:read'])
    const token = await org.token(account, ['agents:read'])
    await admin.delete(item(account))
    await world.pool.query('UPDATE tokens SET revoked_at = NULL, end_reason = NULL WHERE id = $1', [
      token.id,
    ])
    expect(await use(token)).toBe('revoked')
  })
})

describe('rotation of an account', () => {
  it('leaves one live token, the new one, with the whole grant', async () => {
    const account = await org.serviceAccount(['agents:read', 'traces:write'])
    const tokens = await Promise.all([1, 2].map(() => org.token(account, ['agents:read'])))
    const answer = await admin.post(`${item(account)}:rotate?keyExpirationDays=5`)
    const fresh = answer.json<{ token: string; createdAt: number; expiresAt: number }>()
    expect(fresh).toMatchObject({ scopes: ['agents:read', 'traces:write'] })
    expect(fresh.expiresAt - fresh.createdAt).toBe(5 * DAY_MS)
    expect(await Promise.all(tokens.map(use))).toEqual(['rotated', 'rotated'])
    expect(await use({ secret: fresh.token })).toBe(200)
    expect((await admin.post(`${item(account)}:rotate`)).json().expiresAt).toBeNull()
  })

  it('at once with another: one live token in the end', async () => {
    const account = await org.serviceAccount(['agents:read'])
    await org.token(account, ['agents:read'])
    const answers = await Promise.all([1, 2, 3].map(() => admin.post(`${item(account)}:rotate`)))
    for (const { status } of answers) expect([200, 409]).toContain(status)
    expect((await admin.get(item(account))).json().activeTokens).toBe(1)
  })

  it.each(['0', '-1', '1.5', 'x', '36501', '1e3'])('refuses keyExpirationDays=%s', async (days) => {
    const account = await org.serviceAccount(['agents:read'])
    const answer = await admin.post(`${item(account)}:rotate?keyExpirationDays=${days}`)
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/query/keyExpirationDays' }],
    })
  })
})

describe('the grant', () => {
  it('bounds every token, now: narrowed and widened without a new secret', async () => {
    const account = await org.serviceAccount(['agents:read', 'traces:read'])
    const token = await org.token(account, ['agents:read', 'traces:read', 'keys:read'])
    const effective = async () =>
      (await world.as(token).get(`${org.path}/tokens/current`)).json().effectiveScopes
    expect(await effective()).toEqual(['agents:read', 'traces:read'])
    expect((await admin.patch(item(account), { scopes: ['agents:read'] })).status).toBe(200)
    expect(await effective()).toEqual(['agents:read'])
    await admin.patch(item(account), { scopes: ['agents:read', 'keys:read'] })
    expect(await effective()).toEqual(['agents:read', 'keys:read'])
    expect((await admin.patch(item(account), { scopes: [] })).status).toBe(400)
    expect(await eventsOf(account)).toEqual(['ACCOUNT_UPDATED', 'ACCOUNT_UPDATED'])
  })

  it('cannot be exceeded by a further token or a rotation of one', async () => {
    const account = await org.serviceAccount(['agents:read', 'traces:read'])
    const path = `${item(account)}/tokens:generate`
    expect((await admin.post(path, { scopes: ['keys:read'] })).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/scopes' }],
    })
    const made = await admin.post(path, {
      name: 'second',
      scopes: ['agents:read'],
      expirationDays: 1,
    })
    expect(made.json()).toMatchObject({ name: 'second', scopes: ['agents:read'] })
    const rotation = `${org.path}/tokens/${made.json().id}:rotate`
    expect((await admin.post(rotation, { scopes: ['keys:read'] })).status).toBe(400)
    expect((await admin.post(rotation, { scopes: ['traces:read'] })).status).toBe(200)
    expect((await admin.post(path)).json().scopes).toEqual(['agents:read', 'traces:read'])
  })
})

it('two changes at once: both said, none lost in silence', async () => {
  const account = await org.serviceAccount(['agents:read'])
  const names = ['one', 'two', 'three', 'four']
  const answers = await Promise.all(names.map((name) => admin.patch(item(account), { name })))
  const done = answers.filter(({ status }) => status === 200)
  expect(done.length).toBeGreaterThan(0)
  for (const answer of answers) {
    if (answer.status !== 200)
      expect(answer.json()).toMatchObject({ code: 'service_account_changed' })
  }
  expect(await eventsOf(account)).toHaveLength(done.length)
})
