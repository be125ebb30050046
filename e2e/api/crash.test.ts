import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Family, MintStream } from '@/e2e/api/support/mint-stream'
import { RestartableWorld } from '@/e2e/api/support/restartable-world'
import type { Organization, World } from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { verifyAuditChain } from '@/lib/audit/verify'

const ROUNDS = 10
const LIMIT_MS = 300_000
/** Another moment each round: while connections are made, in the middle, under full steam. */
const acknowledgedBefore = (round: number) => 4 + ((round * 7) % 23)

let restartable: RestartableWorld
let world: World
let org: Organization
let admin: string

beforeAll(async () => {
  restartable = await RestartableWorld.start({ API_RATE_LIMIT_PER_MINUTE: '10000000' })
  world = restartable.current
  org = await world.organization()
  const token = await org.token(await org.person('ADMIN'), ALL_SCOPES, { expiresInMs: null })
  admin = token.secret
})
afterAll(() => restartable.close())

async function restart(): Promise<void> {
  await restartable.restart()
  world = restartable.current
}

function startStream(): MintStream {
  return new MintStream(world.product.url, `${org.path}/tokens`, admin)
}

async function verdictOn(secret: string): Promise<unknown> {
  const answer = await world.as({ secret }).get(`${org.path}/tokens/current`)
  return answer.status === 200 ? 'accepted' : answer.json().reason
}

/** Nothing acknowledged is lost, nothing is half done, and the audit trail tells all of it. */
async function expectIntact(families: readonly Family[]): Promise<void> {
  expect(families.length).toBeGreaterThan(0)
  for (const { secret, retired, uncertain } of families) {
    const verdict = await verdictOn(secret)
    expect(uncertain ? ['accepted', 'rotated'] : ['accepted']).toContain(verdict)
    if (retired !== null) expect(await verdictOn(retired)).toBe('rotated')
  }
  const acknowledged = families.flatMap(({ ids }) => ids.map((id, index) => [id, index] as const))
  const { rows: events } = await world.pool.query<{ id: string; type: string }>(
    'SELECT target_id AS id, event_type AS type FROM audit.event WHERE target_id = ANY ($1::uuid[])',
    [acknowledged.map(([id]) => id)],
  )
  const told = new Set(events.map(({ id, type }) => `${type} ${id}`))
  for (const [id, index] of acknowledged) {
    expect(told).toContain(`${index === 0 ? 'MINTED' : 'ROTATED'} ${id}`)
  }
  await expectConsistent()
}

/** Of everything in the database, acknowledged or not. */
async function expectConsistent(): Promise<void> {
  const made = `SELECT t.* FROM tokens t WHERE organization_id = $1 AND created_by_label <> 'Test'`
  const { rows: broken } = await world.pool.query(
    `SELECT family_id FROM (${made}) t GROUP BY family_id
     HAVING count(*) FILTER (WHERE revoked_at IS NULL) <> 1`,
    [org.id],
  )
  expect(broken, 'families without exactly one live secret').toEqual([])
  const { rows: untold } = await world.pool.query(
    `SELECT t.id FROM (${made}) t LEFT JOIN audit.event e ON e.organization_id = t.organization_id
       AND e.target_id = t.id AND e.event_type IN ('MINTED', 'ROTATED') WHERE e.id IS NULL`,
    [org.id],
  )
  expect(untold, 'tokens without their event').toEqual([])
  const { rows: empty } = await world.pool.query(
    `SELECT e.id FROM audit.event e LEFT JOIN tokens t ON t.organization_id = e.organization_id
       AND t.id = e.target_id WHERE e.organization_id = $1 AND e.event_type IN ('MINTED', 'ROTATED')
       AND t.id IS NULL`,
    [org.id],
  )
  expect(empty, 'events without their token').toEqual([])
  expect(await verifyAuditChain(world, { organizationId: org.id })).toMatchObject({ ok: true })
}

/** Ends the database under the product: its embedded server at once, or every connection to another. */
async function breakDatabase(): Promise<void> {
  const pid = world.product.databasePid()
  if (pid === null) {
    await world.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )
    return
  }
  const exited = once(world.product.process, 'exit')
  process.kill(pid, 'SIGKILL')
  const [code] = await exited
  // It says that it failed, so that whoever supervises it starts it again.
  expect(code).toBe(1)
  await restart()
}

describe('in the middle of mints and rotations', () => {
  it(
    `the server is killed, ${ROUNDS} times`,
    async () => {
      const all: Family[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const stream = startStream()
        await stream.reached(acknowledgedBefore(round))
        await world.product.kill()
        await stream.stop()
        await restart()
        await expectIntact(stream.families)
        all.push(...stream.families)
      }
      await expectIntact(all)
    },
    LIMIT_MS,
  )

  it(
    `its database is killed, ${ROUNDS} times`,
    async () => {
      const all: Family[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const stream = startStream()
        await stream.reached(acknowledgedBefore(round))
        const broken = breakDatabase()
        await Promise.all([broken, stream.stop()])
        for (const status of stream.refusals) expect(status).toBe(503)
        await expect.poll(() => verdictOn(admin), { timeout: 20_000 }).toBe('accepted')
        await expectIntact(stream.families)
        all.push(...stream.families)
      }
      await expectIntact(all)
    },
    LIMIT_MS,
  )
})
