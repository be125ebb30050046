import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf, liveSecrets } from '@/e2e/api/support/history'
import {
  type Caller,
  callerOf,
  callKeeping,
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import type { ApiAnswer } from '@/e2e/support/api-client'
import { type Product, startProduct } from '@/e2e/support/product'
import { ALL_SCOPES } from '@/lib/access/scopes'

const ROUNDS = 15

let world: World
let org: Organization
let person: Person
let admin: Caller
/** A second process on the same database. */
let neighbour: Product

beforeAll(async () => {
  world = await createWorld()
  neighbour = await startProduct({ apiOnly: true, sharing: world.product })
  org = await world.organization()
  person = await org.person('ADMIN')
  admin = world.as(await org.token(person, ALL_SCOPES, { expiresInMs: null }))
})
afterAll(async () => {
  await neighbour.stop()
  await world.close()
})

const item = (token: Pick<Token, 'id'>) => `${org.path}/tokens/${token.id}`
const target = () => org.token(person, ['keys:read', 'keys:write'], { expiresInMs: 3_600_000 })

function onNeighbour(token: Pick<Token, 'secret'>): Caller {
  return callerOf((call) => callKeeping(world.contract, neighbour.url, call), token.secret)
}

async function use(token: Pick<Token, 'secret'>, caller: Caller = world.as(token)) {
  const answer = await caller.get(`${org.path}/tokens/current`)
  return answer.status === 200 ? 200 : answer.json().reason
}

async function rotate(token: Pick<Token, 'id'>, body: object = {}) {
  const answer = await admin.post(`${item(token)}:rotate`, body)
  expect(answer.status, answer.text).toBe(200)
  const {
    id,
    token: secret,
    familyId,
  } = answer.json<{ id: string; token: string; familyId: string }>()
  return { id, secret, familyId }
}

const eventsOf = async (id: string) =>
  (await auditOf(world.pool, org.id)).filter((event) => event.familyId === id)

/** How many statements wait for another's lock. */
async function waitingForLocks(): Promise<number> {
  const { rows } = await world.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  )
  return rows[0]?.count ?? 0
}

/**
 * Lets requests begin while nobody can append to the audit chain, which each write does last: so they
 * overlap for certain. Sent together, one may be over before the other has arrived.
 */
async function whileChainIsHeld<Result>(
  begin: () => Promise<readonly Promise<Result>[]>,
): Promise<Result[]> {
  const holder = await world.pool.connect()
  try {
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM audit.chain_head WHERE organization_id = $1 FOR UPDATE', [
      org.id,
    ])
    const begun = await begin()
    await holder.query('COMMIT')
    return await Promise.all(begun)
  } finally {
    holder.release()
  }
}

describe('races', () => {
  it('two rotations at once, on two processes: one wins, one child lives', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const token = await target()
      const path = `${item(token)}:rotate`
      const answers = await Promise.all([
        world.as(token).post(path),
        onNeighbour(token).post(path),
        admin.post(path),
      ])
      const won = answers.filter(({ status }) => status === 200)
      expect(won).toHaveLength(1)
      for (const lost of answers.filter((answer) => answer !== won[0])) {
        // The holder of the old secret may come too late even to be accepted.
        expect(['token_changed', 'token_ended', 'invalid_token']).toContain(lost.json().code)
      }
      expect(await liveSecrets(world.pool, token.id)).toBe(1)
      expect(await use({ secret: String(won[0]?.json().token) })).toBe(200)
      const types = (await eventsOf(token.id)).map(({ eventType }) => eventType)
      expect(types.filter((type) => type !== 'USED_WHILE_REVOKED')).toEqual(['ROTATED'])
    }
  })

  it('a rotation and a revocation at once leave no live secret', async () => {
    await rotate(await target())
    for (let round = 0; round < ROUNDS; round++) {
      const token = await target()
      const other = onNeighbour(await org.token(person, ALL_SCOPES, { expiresInMs: null }))
      const pair = [() => admin.post(`${item(token)}:rotate`), () => other.delete(item(token))]
      const order = round % 2 === 0 ? pair : pair.reverse()
      const [first, second] = await whileChainIsHeld(async () => {
        const answers: Promise<ApiAnswer>[] = []
        for (const send of order) {
          answers.push(send())
          await expect.poll(waitingForLocks).toBe(answers.length)
        }
        return answers
      })
      const statuses = [first?.status, second?.status]
      expect(statuses).toContain(204)
      expect(statuses.every((status) => [200, 204, 409].includes(status ?? 0))).toBe(true)
      expect(await liveSecrets(world.pool, token.id)).toBe(0)
    }
  })

  it('many revocations at once write one event', async () => {
    const token = await target()
    const answers = await Promise.all(Array.from({ length: 12 }, () => admin.delete(item(token))))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(204))
    expect((await admin.delete(item(token))).status).toBe(204)
    expect((await eventsOf(token.id)).map(({ eventType }) => eventType)).toEqual(['REVOKED'])
  })
})

describe('grace', () => {
  it('of 0: the old secret is refused by the very next call, on every process', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const token = await target()
      expect(await use(token, onNeighbour(token))).toBe(200)
      const fresh = await rotate(token)
      expect(await use(token, onNeighbour(token))).toBe('rotated')
      expect(await use(token)).toBe('rotated')
      expect(await use(fresh, onNeighbour(fresh))).toBe(200)
    }
  })

  it('of 60: both work, until a second rotation ends the eldest', async () => {
    const eldest = await target()
    const middle = await rotate(eldest, { graceSeconds: 60 })
    expect([await use(eldest), await use(middle)]).toEqual([200, 200])
    const youngest = await rotate(middle, { graceSeconds: 60 })
    expect([await use(eldest), await use(middle), await use(youngest)]).toEqual([
      'rotated',
      200,
      200,
    ])
    expect(await liveSecrets(world.pool, eldest.id)).toBe(2)
    expect((await admin.post(`${item(middle)}:rotate`)).json()).toMatchObject({ status: 409 })
  })

  it('ends on time, and never later than the token itself would', async () => {
    const token = await target()
    await rotate(token, { graceSeconds: 3 })
    expect(await use(token)).toBe(200)
    await expect.poll(() => use(token), { timeout: 20_000 }).toBe('rotated')
    const { rows } = await world.pool.query<{ overlap: number }>(
      'SELECT extract(epoch FROM revoked_at - rotated_at)::float8 AS overlap FROM tokens WHERE id = $1',
      [token.id],
    )
    expect(rows[0]?.overlap).toBeCloseTo(3, 0)

    const short = await org.token(person, ['agents:read'], { expiresInMs: 30_000 })
    await rotate(short, { graceSeconds: 3600 })
    const { rows: ends } = await world.pool.query(
      'SELECT revoked_at = expires_at AS same FROM tokens WHERE id = $1',
      [short.id],
    )
    expect(ends[0].same).toBe(true)
  })

  it('does not survive a revocation', async () => {
    const token = await target()
    const fresh = await rotate(token, { graceSeconds: 60 })
    expect((await admin.delete(item(fresh))).status).toBe(204)
    expect([await use(token), await use(fresh)]).toEqual(['rotated', 'revoked'])
  })
})

describe('what has ended', () => {
  it('cannot be rotated', async () => {
    const revoked = await target()
    await admin.delete(item(revoked))
    const expired = await target()
    await world.pool.query(
      `UPDATE tokens SET expires_at = now() - interval '1 millisecond' WHERE id = $1`,
      [expired.id],
    )
    for (const token of [revoked, expired]) {
      const answer = await admin.post(`${item(token)}:rotate`)
      expect(answer.json()).toMatchObject({ status: 409, code: 'token_ended' })
      expect((await world.as(token).post(`${item(token)}:rotate`)).status).toBe(401)
      expect((await admin.patch(item(token), { name: 'again' })).status).toBe(409)
    }
  })

  it('ends the whole family when it is replayed later, and says so', async () => {
    const token = await target()
    const fresh = await rotate(token)
    expect((await world.as(token).post(`${item(token)}:rotate`)).status).toBe(401)
    // A colliding deploy job is no thief: at once, nothing happens.
    expect(await use(fresh)).toBe(200)
    await world.pool.query(
      "UPDATE tokens SET rotated_at = now() - interval '2 minutes' WHERE id = $1",
      [token.id],
    )
    expect((await world.as(token).post(`${item(token)}:rotate`)).status).toBe(401)
    const events = await eventsOf(token.id)
    expect(await use(fresh)).toBe('revoked')
    expect(events.map(({ eventType }) => eventType)).toEqual([
      'ROTATED',
      'USED_WHILE_REVOKED',
      'REVOKED',
    ])
    expect(events.at(-1)?.details).toMatchObject({ reason: 'REPLAYED' })
  })

  it('leaves one trace when it is used, however often', async () => {
    const token = await target()
    await admin.delete(item(token))
    await Promise.all(Array.from({ length: 10 }, () => use(token)))
    await use(token, onNeighbour(token))
    const types = (await eventsOf(token.id)).map(({ eventType }) => eventType)
    expect(types).toEqual(['REVOKED', 'USED_WHILE_REVOKED'])
  })
})

it('a rotation whose database connection dies leaves the old secret working', async () => {
  const token = await target()
  const holder = new pg.Client({ connectionString: world.product.databaseUrl })
  await holder.connect()
  await rotate(await target())
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM audit.chain_head WHERE organization_id = $1 FOR UPDATE', [
    org.id,
  ])
  const rotation = admin.post(`${item(token)}:rotate`)
  const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
  await expect.poll(async () => (await world.pool.query(waiting)).rowCount).toBe(1)
  await world.pool.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) blocked`)
  const answer = await rotation
  expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' })
  await holder.query('ROLLBACK')
  await holder.end()
  expect(await use(token)).toBe(200)
  expect(await liveSecrets(world.pool, token.id)).toBe(1)
  expect(await eventsOf(token.id)).toEqual([])
  expect(await use(await rotate(token))).toBe(200)
})
