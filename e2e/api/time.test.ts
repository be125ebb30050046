import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'

const DAY_MS = 24 * 60 * 60 * 1000

let world: World
let org: Organization
let admin: Person

beforeAll(async () => {
  // A zone with daylight saving: a day added by the calendar would be 23 or 25 hours now and then.
  world = await createWorld({ env: { TZ: 'America/New_York' } })
  org = await world.organization()
  admin = await org.person('ADMIN')
})
afterAll(() => world.close())

async function databaseNow(): Promise<number> {
  const { rows } = await world.pool.query<{ now: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
  )
  return rows[0]?.now ?? Number.NaN
}

/** Uses the token until it is refused; every answer must fit the database's clock on both sides of it. */
async function expectDeathOnTime(token: Token, endsAt: number): Promise<void> {
  for (;;) {
    const before = await databaseNow()
    const answer = await world.as(token).get(`${org.path}/tokens/current`)
    const after = await databaseNow()
    if (answer.status === 401) {
      expect(after).toBeGreaterThanOrEqual(endsAt)
      expect(answer.json().reason).toBe('expired')
      return
    }
    expect(answer.status).toBe(200)
    expect(before).toBeLessThan(endsAt)
  }
}

describe('expiry', () => {
  it('is the first moment of refusal, by the clock of the database', async () => {
    for (const milliseconds of [1, 300, 900]) {
      const token = await org.token(admin, ['agents:read'], { expiresInMs: milliseconds })
      const { rows } = await world.pool.query<{ at: number }>(
        'SELECT (extract(epoch FROM expires_at) * 1000)::float8 AS at FROM tokens WHERE id = $1',
        [token.id],
      )
      await expectDeathOnTime(token, rows[0]?.at ?? Number.NaN)
    }
  })

  it('is told with every answer, and with none to a token that never expires', async () => {
    const dated = await org.token(admin, ['agents:read'], { expiresInMs: DAY_MS })
    const forever = await org.token(admin, ['agents:read'], { expiresInMs: null })
    const answer = await world.as(dated).get(`${org.path}/tokens/current`)
    const told = answer.headers['fruxon-token-expiration']
    expect(Date.parse(String(told))).toBe(answer.json().expiresAt)
    const other = await world.as(forever).get(`${org.path}/tokens/current`)
    expect(other.headers).not.toHaveProperty('fruxon-token-expiration')
    expect(other.json().expiresAt).toBeNull()
  })

  it('leaves the token in the list, with the reason', async () => {
    const caller = world.as(await org.token(admin, ALL_SCOPES))
    const expired = await org.token(admin, ['agents:read'], { expiresInMs: -DAY_MS })
    const listed = await caller.get(`${org.path}/tokens`)
    const found = listed.json<{ id: string }[]>().find(({ id }) => id === expired.id)
    expect(found).toMatchObject({ state: 'EXPIRED', stateReason: 'Reached its expiry date.' })
    const one = await caller.get(`${org.path}/tokens/${expired.id}`)
    expect(one.json()).toMatchObject({ state: 'EXPIRED', mayRotate: false, mayPatch: false })
  })
})

describe('expirationDays', () => {
  const generate = async (body: object) => {
    const caller = world.as(await org.token(admin, ALL_SCOPES, { expiresInMs: null }))
    const answer = await caller.post(`${org.path}/tokens:generate`, {
      scopes: ['keys:write'],
      ...body,
    })
    return answer.json<{ id: string; createdAt: number; expiresAt: number | null }>()
  }

  it.each([1, 7, 30, 90, 365, 1461, 36_500])('%i are so many times 24 hours', async (days) => {
    const { createdAt, expiresAt } = await generate({ expirationDays: days })
    expect(expiresAt).toBe(createdAt + days * DAY_MS)
    expect(Math.abs(createdAt - (await databaseNow()))).toBeLessThan(60_000)
  })

  it.each([null, undefined])('%s is never', async (expirationDays) => {
    expect((await generate({ expirationDays })).expiresAt).toBeNull()
  })

  it('counts from now in a rotation too, and left out keeps the old date', async () => {
    const caller = world.as(await org.token(admin, ALL_SCOPES, { expiresInMs: null }))
    const minted = await generate({ expirationDays: 10 })
    const kept = await caller.post(`${org.path}/tokens/${minted.id}:rotate`)
    expect(kept.json().expiresAt).toBe(minted.expiresAt)
    const renewed = await caller.post(`${org.path}/tokens/${kept.json().id}:rotate`, {
      expirationDays: 20,
    })
    const { createdAt, expiresAt, id } = renewed.json<{
      id: string
      createdAt: number
      expiresAt: number
    }>()
    expect(expiresAt).toBe(createdAt + 20 * DAY_MS)
    const dated = { expiresAt: createdAt + 5 * DAY_MS }
    expect((await caller.patch(`${org.path}/tokens/${id}`, dated)).json()).toMatchObject(dated)
    const forever = await caller.post(`${org.path}/tokens/${id}:rotate`, { expirationDays: null })
    expect(forever.json().expiresAt).toBeNull()
  })

  it('cannot be given beside a date, nor the date lie in the past', async () => {
    const caller = world.as(await org.token(admin, ALL_SCOPES, { expiresInMs: null }))
    const { id } = await generate({})
    for (const body of [
      { expirationDays: 1, expiresAt: Date.now() + DAY_MS },
      { expiresAt: Date.now() - 1 },
    ]) {
      for (const answer of [
        await caller.post(`${org.path}/tokens/${id}:rotate`, body),
        await caller.patch(`${org.path}/tokens/${id}`, body),
      ]) {
        expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/expiresAt' }] })
      }
    }
  })
})
