import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validRequest } from '@/e2e/api/support/valid-requests'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'

const LEGACY_KEY = 'fx_live_Zq3pA7Lw9XbT2mK4'

let world: World
let org: Organization
let admin: Person
let caller: Caller

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = await org.person('ADMIN')
  caller = world.as(await org.token(admin, ALL_SCOPES, { expiresInMs: null }))
})
afterAll(() => world.close())

/** When a token was last used is written after the answer, and may come between two of them. */
function withoutUse(text = ''): unknown {
  return JSON.parse(text, (key, value) => (key.startsWith('lastUsed') ? null : value))
}

describe('the older /apiKeys paths', () => {
  it('are the token operations, each with its deprecation, sunset and successor', async () => {
    const older = world.contract.operations.filter(
      ({ deprecated, peopleOnly, path }) => deprecated && !peopleOnly && path.includes('/apiKeys'),
    )
    expect(older).toHaveLength(8)
    for (const operation of older) {
      const token = await org.token(admin, ['keys:write'], { expiresInMs: 3_600_000 })
      const call = validRequest(operation, org.slug, {
        token: token.id,
        serviceAccount: '',
        secret: '',
      })
      const answer = await world.call({
        ...call,
        token: (await org.token(admin, ALL_SCOPES)).secret,
      })
      expect([200, 204], operation.id).toContain(answer.status)
      const deprecated = Number(/^@(\d+)$/.exec(String(answer.headers.deprecation))?.[1])
      const sunset = Date.parse(String(answer.headers.sunset))
      expect(sunset).toBeGreaterThan(deprecated * 1000)
      expect(sunset).toBeGreaterThan(Date.now())
      const successor = call.path.replace('/apiKeys', '/tokens')
      expect(answer.headers.link).toContain(`<${successor}>; rel="successor-version"`)
      expect(answer.headers.link).toContain('rel="deprecation"')
    }
  })

  it('say so on refusals too, and the newer paths never do', async () => {
    const refused = await world.call({ path: `${org.path}/apiKeys` })
    expect(refused.status).toBe(401)
    expect(refused.headers).toHaveProperty('deprecation')
    expect((await caller.get(`${org.path}/tokens`)).headers).not.toHaveProperty('deprecation')
  })

  it('answer as the newer ones do', async () => {
    for (const path of ['', '/scopes', '/current']) {
      const [older, newer] = await Promise.all(
        ['apiKeys', 'tokens'].map((word) => caller.get(`${org.path}/${word}${path}`)),
      )
      expect(withoutUse(older?.text)).toEqual(withoutUse(newer?.text))
    }
  })

  it('take expiresAt as an ISO instant, as the older document writes it', async () => {
    const { id } = await org.token(admin, ['agents:read'])
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000)
    const patched = await caller.patch(`${org.path}/apiKeys/${id}`, { expiresAt: at.toISOString() })
    expect(patched.json().expiresAt).toBe(at.getTime())
    const rotated = await caller.post(`${org.path}/apiKeys/${id}:rotate`, {
      expiresAt: at.toISOString().replace('.000Z', 'Z'),
    })
    expect(rotated.json().expiresAt).toBe(at.getTime())
    for (const expiresAt of ['tomorrow', '2030-02-31', at.toISOString()]) {
      const path = expiresAt === at.toISOString() ? 'tokens' : 'apiKeys'
      const answer = await caller.patch(`${org.path}/${path}/${rotated.json().id}`, { expiresAt })
      expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/expiresAt' }] })
    }
  })
})

describe('a key of the older system', () => {
  const current = () => `${org.path}/tokens/current`
  const digest = (key: string) => createHash('sha256').update(key).digest('hex')
  const entry = (key: string) => ({
    name: 'old deploy key',
    sha256: digest(key),
    keyPrefix: key.slice(0, 12),
    last4: key.slice(-4),
    scopes: ['agents:read', 'keys:read', 'keys:write'],
  })

  it.each([
    LEGACY_KEY,
    'fxn_live_Zq3pA7Lw9XbT2mK4',
    'fxn_Zq3pA7Lw9XbT2mK4',
    'frx_Zq3pA7Lw9XbT2mK4',
  ])('that was never imported is told how to move: %s', async (key) => {
    const answer = await world.as({ secret: key }).get(current())
    expect(answer.json()).toMatchObject({ status: 401, code: 'invalid_token' })
    expect(answer.json().help).toMatch(/^http.*migration/)
    expect(answer.headers.link).toContain('rel="help"')
    expect(answer.text).not.toContain(key)
  })

  it('works as a Bearer once imported by its digest, until it is rotated', async () => {
    const imported = await caller.post(`${org.path}/tokens:import`, { tokens: [entry(LEGACY_KEY)] })
    const [token] = imported.json<{ imported: { id: string; format: string }[] }>().imported
    expect(token?.format).toBe('LEGACY')
    expect(imported.text).not.toContain(digest(LEGACY_KEY))
    const legacy = world.as({ secret: LEGACY_KEY })
    expect((await legacy.get(current())).json().id).toBe(token?.id)
    expect(
      (await world.call({ path: current(), headers: { 'X-API-KEY': LEGACY_KEY } })).status,
    ).toBe(401)
    // The digest is no credential.
    expect((await world.as({ secret: digest(LEGACY_KEY) }).get(current())).status).toBe(401)
    const rotated = (await legacy.post(`${org.path}/tokens/${token?.id}:rotate`)).json()
    expect(rotated.token).toMatch(/^fx_pat_/)
    expect((await legacy.get(current())).json()).toMatchObject({ status: 401, reason: 'rotated' })
    const fresh = world.as({ secret: String(rotated.token) })
    expect((await fresh.get(current())).json()).toMatchObject({ familyId: token?.id })
  })

  it('is imported once, all or nothing, and never beyond the importer', async () => {
    const other = 'fxn_live_7Lw9XbT2mK4Zq3pA'
    const path = `${org.path}/tokens:import`
    const twice = await caller.post(path, { tokens: [entry(other), entry(LEGACY_KEY)] })
    expect(twice.json()).toMatchObject({
      status: 409,
      code: 'token_exists',
      errors: [{ pointer: '/tokens/1/sha256' }],
    })
    const narrow = world.as(await org.token(admin, ['keys:write'], { expiresInMs: null }))
    const beyond = await narrow.post(path, { tokens: [entry(other)] })
    expect(beyond.json()).toMatchObject({ status: 403, code: 'scope_exceeds_yours' })
    const member = world.as(await org.token(await org.person('MEMBER'), ALL_SCOPES))
    expect((await member.post(path, { tokens: [entry(other)] })).status).toBe(403)
    const raw = await caller.post(path, { tokens: [{ ...entry(other), sha256: other }] })
    expect(raw.json()).toMatchObject({ status: 400, errors: [{ pointer: '/tokens/0/sha256' }] })
    expect(raw.text).not.toContain(other)
    const listed = (await caller.get(`${org.path}/tokens`)).json<{ format: string }[]>()
    expect(listed.filter(({ format }) => format === 'LEGACY')).toHaveLength(1)
  })
})
