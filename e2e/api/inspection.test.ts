import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { generateSecret } from '@/lib/tokens/secret'

const DAY_MS = 24 * 60 * 60 * 1000

let world: World
let org: Organization
let person: Person
let admin: Caller

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  person = await org.person('ADMIN')
  admin = world.as(await org.token(person, ALL_SCOPES, { expiresInMs: null }))
})
afterAll(() => world.close())

describe('tokens/current', () => {
  it('tells even the narrowest token what it is', async () => {
    const token = await org.token(person, ['inbound:deliver'], { name: 'hook' })
    const current = (await world.as(token).get(`${org.path}/tokens/current`)).json()
    expect(current).toMatchObject({
      id: token.id,
      familyId: token.id,
      name: 'hook',
      keyPrefix: token.secret.slice(0, 11),
      last4: token.secret.slice(-4),
      type: 'USER',
      ownerType: 'USER',
      ownerId: person.userId,
      scopes: ['inbound:deliver'],
      effectiveScopes: ['inbound:deliver'],
      tenantId: org.id,
      tenantSlug: org.slug,
      revokedAt: null,
    })
  })

  it('answers what it lacks of what a program requires', async () => {
    const token = await org.token(await org.person('MEMBER'), ['agents:read', 'organization:write'])
    const path = `${org.path}/tokens/current`
    const asked = await world
      .as(token)
      .get(`${path}?require=agents:read,organization:write,keys:read`)
    expect(asked.json().missing).toEqual(['organization:write', 'keys:read'])
    expect((await world.as(token).get(`${path}?require=agents:read`)).json().missing).toEqual([])
    expect((await world.as(token).get(path)).json()).not.toHaveProperty('missing')
    const wrong = await world.as(token).get(`${path}?require=agents:fly`)
    expect(wrong.json()).toMatchObject({ status: 400, errors: [{ pointer: '/query/require' }] })
  })
})

describe('auth/health', () => {
  it('names the owner of a personal token, and none of a service account’s', async () => {
    const own = await org.token(person, ['agents:read'], { name: 'doctor' })
    expect((await world.as(own).get(`${org.path}/auth/health`)).json()).toMatchObject({
      authenticationSource: 'TOKEN',
      tenantId: org.id,
      userId: person.userId,
      email: `${person.userId}@example.test`,
      apiKeyName: 'doctor',
      scopes: ['agents:read'],
    })
    const account = await org.serviceAccount(['agents:read'])
    const worker = await org.token(account, ['agents:read'])
    expect((await world.as(worker).get(`${org.path}/auth/health`)).json()).toMatchObject({
      ownerType: 'SERVICE_ACCOUNT',
      userId: null,
      email: null,
    })
  })
})

describe('tokens:introspect (RFC 7662)', () => {
  const ask = async (caller: Caller, secret: string, hint = '') => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const body = `token=${encodeURIComponent(secret)}${hint}`
    return (await caller.post(`${org.path}/tokens:introspect`, body, headers)).json()
  }

  it('says of a live token what it can do now, in seconds', async () => {
    const member = await org.person('MEMBER')
    const scopes = ['agents:read', 'agents:execute', 'organization:write'] as const
    const token = await org.token(member, scopes, { expiresInMs: DAY_MS })
    const answer = await ask(admin, token.secret, '&token_type_hint=access_token')
    expect(answer).toMatchObject({
      active: true,
      scope: 'agents:read agents:execute',
      sub: member.userId,
      client_id: token.id,
      token_type: 'Bearer',
    })
    expect(Number(answer.exp) - Number(answer.iat)).toBe(DAY_MS / 1000)
    expect(Math.abs(Number(answer.iat) * 1000 - Date.now())).toBeLessThan(60_000)
    expect(
      await ask(admin, (await org.token(member, scopes, { expiresInMs: null })).secret),
    ).not.toHaveProperty('exp')
  })

  it('says nothing but that it is inactive of any other', async () => {
    const account = await org.serviceAccount(['agents:read'])
    const gone = await org.person('MEMBER')
    const dead = {
      unknown: generateSecret('USER').secret,
      nonsense: 'hello',
      revoked: (await org.token(person, ['agents:read'])).secret,
      expired: (await org.token(person, ['agents:read'], { expiresInMs: -1 })).secret,
      suspended: (await org.token(account, ['agents:read'])).secret,
      left: (await org.token(gone, ['agents:read'])).secret,
    }
    await world.pool.query(
      `UPDATE tokens SET revoked_at = now() - interval '1 millisecond' WHERE last4 = $1`,
      [dead.revoked.slice(-4)],
    )
    await world.pool.query('UPDATE service_accounts SET suspended_at = now() WHERE id = $1', [
      account.serviceAccountId,
    ])
    await world.pool.query('DELETE FROM memberships WHERE user_id = $1', [gone.userId])
    for (const [name, secret] of Object.entries(dead)) {
      expect(await ask(admin, secret), name).toEqual({ active: false })
    }
  })

  it('is no use of the token asked about, and no credential itself', async () => {
    const token = await org.token(person, ['agents:read'])
    await ask(admin, token.secret)
    expect((await admin.get(`${org.path}/tokens/${token.id}`)).json().lastUsedAt).toBeNull()
    const anonymous = await world.call({
      method: 'POST',
      path: `${org.path}/tokens:introspect`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `token=${token.secret}`,
    })
    expect(anonymous.status).toBe(401)
  })

  it('takes one token once, and nothing else', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    for (const body of ['', 'token=', 'token=a&token=b', 'token=a&extra=1', 'hint=a']) {
      expect((await admin.post(`${org.path}/tokens:introspect`, body, headers)).status, body).toBe(
        400,
      )
    }
  })
})

describe('a token that is changed', () => {
  it('keeps its secret: renamed, narrowed, widened within the caller’s power', async () => {
    const token = await org.token(person, ['agents:read', 'traces:read'])
    const item = `${org.path}/tokens/${token.id}`
    const effective = async () =>
      (await world.as(token).get(`${org.path}/tokens/current`)).json().effectiveScopes
    expect((await admin.patch(item, { name: '  tidy  ' })).json().name).toBe('tidy')
    await admin.patch(item, { scopes: ['traces:read'] })
    expect(await effective()).toEqual(['traces:read'])
    await admin.patch(item, { scopes: ['traces:read', 'agents:execute', 'traces:read'] })
    expect(await effective()).toEqual(['agents:execute', 'traces:read'])
    for (const body of [
      {},
      { scopes: [] },
      { name: '' },
      { state: 'ACTIVE' },
      { revokedAt: null },
    ]) {
      expect((await admin.patch(item, body)).status, JSON.stringify(body)).toBe(400)
    }
  })

  it('by two at once: each is told whether it was done', async () => {
    const token = await org.token(person, ['agents:read'])
    const item = `${org.path}/tokens/${token.id}`
    const names = ['one', 'two', 'three', 'four', 'five']
    const answers = await Promise.all(names.map((name) => admin.patch(item, { name })))
    const done = answers.filter(({ status }) => status === 200)
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer.json()).toMatchObject({ status: 409, code: 'token_changed' })
    }
    const { totalCount } = (await admin.get(`${item}/auditEvents`)).json()
    expect(totalCount).toBe(done.length)
    expect(done.map((answer) => answer.json().name)).toContain((await admin.get(item)).json().name)
  })
})
