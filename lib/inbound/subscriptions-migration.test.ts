import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { applyMigrations } from '@/lib/db/migrate'
import { newId } from '@/lib/ids'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database'

/** What an installation had when an endpoint led to one place becomes subscriptions and dispatches of them. */

const ALL = resolve(import.meta.dirname, '../../prisma/migrations')
const THIS = '20261122230000_subscriptions'

let before: string
let database: TestDatabase
let client: Client
const organizationId = newId()
const http = newId()
const agent = newId()
const empty = newId()
const forward = newId()

beforeAll(async () => {
  before = mkdtempSync(join(tmpdir(), 'fruxon-before-'))
  for (const name of readdirSync(ALL)) {
    if (name < THIS || name === 'migration_lock.toml') {
      cpSync(join(ALL, name), join(before, name), { recursive: true })
    }
  }
  database = await createTestDatabase(before)
  client = new Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
  rmSync(before, { recursive: true, force: true })
})

async function endpoint(id: string, target: { kind: string; url?: string; agentId?: string }) {
  await client.query(
    `INSERT INTO inbound.endpoint (organization_id, id, name, provider, target_kind, target, paused_at,
       created_by_label, created_at, modified_at)
     VALUES ($1, $2, 'Orders', 'GENERIC', $3, $4, NULL, 'Ada', now(), now())`,
    [organizationId, id, target.kind, JSON.stringify(target)],
  )
}

async function delivery(endpointId: string, state: string, claim: string | null = null) {
  const id = newId()
  await client.query(
    `INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest, carrier,
       sender, headers, body, body_bytes, received_at, state, attempts, tries, next_attempt_at, claim, finished_at, outcome)
     VALUES ($1, $2, $3, 'id:' || $2::uuid, 'HEADER', '', 'BEARER', 'Test', '{}', '{}', 2, now(), $4, 2, 1,
       '2026-01-02T03:04:05Z', $5, CASE WHEN $4 IN ('DELIVERED', 'DEAD') THEN '2026-01-01'::timestamptz END, 'Said.')`,
    [organizationId, id, endpointId, state, claim],
  )
  for (const number of [1, 2]) {
    await client.query(
      `INSERT INTO inbound.attempt VALUES ($1, $2, $3, now(), 5, false, 500, 'Answered 500.')`,
      [organizationId, id, number],
    )
  }
  return id
}

const rows = async (sql: string) => (await client.query(sql)).rows

it('loses no delivery, no attempt, no claim and no secret that signs', async () => {
  await endpoint(http, { kind: 'HTTP', url: 'https://hooks.example.com:8443/in?a=b' })
  await endpoint(agent, { kind: 'AGENT', agentId: 'triage' })
  await endpoint(empty, { kind: 'HTTP', url: 'https://else.example.com' })
  for (const [id, purpose, endpointId] of [
    [forward, 'FORWARD', http],
    [newId(), 'PROVIDER', http],
    [newId(), 'FORWARD', agent],
    [newId(), 'FORWARD', empty],
  ]) {
    await client.query(`INSERT INTO inbound.secret VALUES ($1, $2, $3, $4, 'sealed', now())`, [
      organizationId,
      endpointId,
      id,
      purpose,
    ])
  }
  const claim = newId()
  const states = {
    [await delivery(http, 'WAITING', claim)]: 'WAITING',
    [await delivery(http, 'HELD')]: 'HELD',
    [await delivery(http, 'DELIVERED')]: 'DELIVERED',
    [await delivery(agent, 'DEAD')]: 'DEAD',
  }
  // This one alone: what comes after it is none of its business.
  cpSync(join(ALL, THIS), join(before, THIS), { recursive: true })
  await applyMigrations({ connectionString: database.url, migrationsDir: before })

  expect(
    await rows(
      'SELECT endpoint_id, subscriber_type, subscriber_id, config, event_filter FROM inbound.subscription ORDER BY 3',
    ),
  ).toEqual([
    {
      ...{ endpoint_id: empty, subscriber_type: 'HTTP', subscriber_id: 'else.example.com' },
      ...{ config: { url: 'https://else.example.com' }, event_filter: null },
    },
    {
      ...{ endpoint_id: http, subscriber_type: 'HTTP', subscriber_id: 'hooks.example.com:8443' },
      ...{ config: { url: 'https://hooks.example.com:8443/in?a=b' }, event_filter: null },
    },
    {
      ...{ endpoint_id: agent, subscriber_type: 'AGENT', subscriber_id: 'triage' },
      ...{ config: {}, event_filter: null },
    },
  ])
  const dispatches = await rows(
    `SELECT p.delivery_id AS id, p.state, d.state AS whole, p.attempts, p.tries, p.outcome, p.claim,
       p.next_attempt_at AS at, s.endpoint_id = d.endpoint_id AS here,
       (SELECT count(*)::int FROM inbound.attempt a
        WHERE a.delivery_id = p.delivery_id AND a.subscription_id = p.subscription_id) AS log
     FROM inbound.dispatch p JOIN inbound.delivery d ON d.id = p.delivery_id
       JOIN inbound.subscription s ON s.id = p.subscription_id`,
  )
  expect(Object.fromEntries(dispatches.map(({ id, state }) => [id, state]))).toEqual(states)
  for (const one of dispatches) {
    expect(one).toMatchObject({ attempts: 2, tries: 1, outcome: 'Said.', here: true, log: 2 })
    expect(one.whole).toBe(one.state)
    expect(one.at).toEqual(new Date('2026-01-02T03:04:05Z'))
    expect(one.claim).toBe(one.state === 'WAITING' ? claim : null)
  }
  // The secret of the receiver goes with its subscription, sealed as it was; the one of the agent checked nothing.
  const secrets = await rows(
    `SELECT s.id, p.subscriber_id AS of, s.purpose FROM inbound.secret s
     LEFT JOIN inbound.subscription p ON p.id = s.subscription_id ORDER BY 2 NULLS LAST`,
  )
  expect(secrets.map(({ of, purpose }) => [purpose, of])).toEqual([
    ['FORWARD', 'else.example.com'],
    ['FORWARD', 'hooks.example.com:8443'],
    ['PROVIDER', null],
  ])
  expect(secrets[1]?.id).toBe(forward)
})
