import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf, liveSecrets } from '@/e2e/api/support/history'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'

let world: World
let org: Organization
let admin: Person
let caller: Caller
let generate: string

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = await org.person('ADMIN')
  caller = world.as(await org.token(admin, ALL_SCOPES, { expiresInMs: null }))
  generate = `${org.path}/tokens:generate`
})
afterAll(() => world.close())

const body = { name: 'once', scopes: ['agents:read'], expirationDays: 1 }
const keyed = (key: string) => ({ 'Idempotency-Key': key })

async function eventCount(): Promise<number> {
  return (await auditOf(world.pool, org.id)).length
}

describe('the same key', () => {
  it('makes one token: the replay has its id and never its secret', async () => {
    const key = randomUUID()
    const events = await eventCount()
    const first = (await caller.post(generate, body, keyed(key))).json()
    expect(first.token).toMatch(/^fx_pat_/)
    for (let replay = 0; replay < 3; replay++) {
      const answer = await caller.post(generate, body, keyed(key))
      expect(answer.status).toBe(200)
      expect(answer.json()).toMatchObject({ id: first.id, token: null, name: 'once' })
    }
    expect(await eventCount()).toBe(events + 1)
  })

  it('is the same bare and quoted, and for another spelling of the same body', async () => {
    const key = randomUUID()
    const first = (await caller.post(generate, body, keyed(key))).json()
    const respelled = '{ "expirationDays": 1, "scopes": ["agents:read"], "name": "once" }'
    const replay = await caller.post(generate, respelled, keyed(`"${key}"`))
    expect(replay.json()).toMatchObject({ id: first.id, token: null })
  })

  it('belongs to one request: another body is 422 and makes nothing', async () => {
    const key = randomUUID()
    await caller.post(generate, body, keyed(key))
    const events = await eventCount()
    const answer = await caller.post(generate, { ...body, name: 'twice' }, keyed(key))
    expect(answer.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
    expect(await eventCount()).toBe(events)
  })

  it('of another person, operation or organization is another key', async () => {
    const key = randomUUID()
    const mine = (await caller.post(generate, body, keyed(key))).json()
    const colleague = world.as(await org.token(await org.person('ADMIN'), ALL_SCOPES))
    const theirs = (await colleague.post(generate, body, keyed(key))).json()
    const elsewhere = await world.organization()
    await elsewhere.join(admin, 'ADMIN')
    const twin = world.as(await elsewhere.token(admin, ALL_SCOPES))
    const other = (await twin.post(`${elsewhere.path}/tokens:generate`, body, keyed(key))).json()
    const account = await caller.post(
      `${org.path}/serviceAccounts`,
      { preset: 'runner' },
      keyed(key),
    )
    const made = account.json<{ key: { id: string; token: string } }>().key
    expect(new Set([mine.id, theirs.id, other.id, made.id]).size).toBe(4)
    for (const { token } of [mine, theirs, other, made]) expect(token).toMatch(/^fx_/)
  })

  it('answers 409 while the first request is under way, and its result after', async () => {
    const key = randomUUID()
    const holder = new pg.Client({ connectionString: world.product.databaseUrl })
    await holder.connect()
    await holder.query('BEGIN')
    // Every command ends by writing to the audit chain: so the first request waits for us there.
    await holder.query('SELECT 1 FROM audit.chain_head WHERE organization_id = $1 FOR UPDATE', [
      org.id,
    ])
    const first = caller.post(generate, body, keyed(key))
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
    await expect.poll(async () => (await world.pool.query(waiting)).rowCount).toBe(1)
    const second = await caller.post(generate, body, keyed(key))
    expect(second.json()).toMatchObject({ status: 409, code: 'idempotency_in_flight' })
    await holder.query('ROLLBACK')
    await holder.end()
    const made = (await first).json()
    expect(made.token).toMatch(/^fx_pat_/)
    expect((await caller.post(generate, body, keyed(key))).json()).toMatchObject({
      id: made.id,
      token: null,
    })
  })

  it('sent twenty times at once makes one token', async () => {
    const key = randomUUID()
    const events = await eventCount()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => caller.post(generate, body, keyed(key))),
    )
    const made = answers.filter(
      ({ status, text }) => status === 200 && !text.includes('"token":null'),
    )
    expect(made).toHaveLength(1)
    for (const answer of answers) expect([200, 409]).toContain(answer.status)
    expect(await eventCount()).toBe(events + 1)
  })

  it('covers rotations: a retry rotates nothing further', async () => {
    const token = await org.token(admin, ['agents:read'], { expiresInMs: 3_600_000 })
    const key = randomUUID()
    const path = `${org.path}/tokens/${token.id}:rotate`
    const first = (await caller.post(path, { name: 'next' }, keyed(key))).json()
    const replay = await caller.post(path, { name: 'next' }, keyed(key))
    expect(replay.json()).toMatchObject({ id: first.id, token: null })
    expect(await liveSecrets(world.pool, token.id)).toBe(1)
    expect(
      (await world.as({ secret: String(first.token) }).get(`${org.path}/tokens/current`)).status,
    ).toBe(200)
  })

  it('covers service accounts, their tokens and their rotation', async () => {
    const key = randomUUID()
    const accounts = `${org.path}/serviceAccounts`
    type Provisioned = { serviceAccount: { id: string }; key: { id: string; token: string | null } }
    const first = (
      await caller.post(accounts, { preset: 'runner' }, keyed(key))
    ).json<Provisioned>()
    const again = (
      await caller.post(accounts, { preset: 'runner' }, keyed(key))
    ).json<Provisioned>()
    expect(again.serviceAccount.id).toBe(first.serviceAccount.id)
    expect(again.key).toMatchObject({ id: first.key.id, token: null })
    const item = `${accounts}/${first.serviceAccount.id}`
    for (const path of [`${item}/tokens:generate`, `${item}:rotate?keyExpirationDays=3`]) {
      const other = randomUUID()
      const made = (await caller.post(path, undefined, keyed(other))).json()
      const replay = (await caller.post(path, undefined, keyed(other))).json()
      expect(replay).toMatchObject({ id: made.id, token: null })
      expect(made.token).toMatch(/^fx_sat_/)
    }
  })
})

it('a refused request leaves its key free', async () => {
  const key = randomUUID()
  expect((await caller.post(generate, { scopes: [] }, keyed(key))).status).toBe(400)
  expect((await caller.post(generate, body, keyed(key))).json().token).toMatch(/^fx_pat_/)
})

it.each([
  ['empty', ''],
  ['blank', ' '],
  ['empty quotes', '""'],
  ['open quote', '"a'],
  ['overlong', 'k'.repeat(256)],
  ['two words', 'a b'],
  ['two values', 'a, b'],
  ['not ASCII', 'clé'],
])('a malformed key is 400: %s', async (_name, key) => {
  const events = await eventCount()
  const headers = { 'Idempotency-Key': Buffer.from(key).toString('latin1') }
  const answer = await caller.post(generate, body, headers)
  expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_request' })
  expect(await eventCount()).toBe(events)
})
