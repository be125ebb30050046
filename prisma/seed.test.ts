import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '@/lib/audit/verify'
import { billingDetailsSchema } from '@/lib/billing/schema'
import { type Database, openDatabase } from '@/lib/db/database'
import { readEnvironment } from '@/lib/env'
import { installationKeys } from '@/lib/installation-keys'
import { selectDocuments } from '@/lib/invoices/invoice-ledger'
import { openIssuer } from '@/lib/invoices/issuer'
import { organizationsDue } from '@/lib/subscriptions/advance'
import { organizationsToCollect } from '@/lib/subscriptions/collection'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database'
import { tellOfExpiringTokens } from '@/lib/tokens/expiry-notices'
import { TOKEN_STATES, type TokenSummary } from '@/lib/tokens/model'
import { selectTokens } from '@/lib/tokens/rows'
import { recount } from '@/lib/usage/recount'
import { seedDemo } from '@/prisma/seed'
import { BILLING } from '@/prisma/seed/billing-details'
import { RUN_HERE } from '@/prisma/seed/runnable-agent'
import { ACME_AGENTS, GLOBEX_AGENTS } from '@/prisma/seed/usage-agents'
import { eventsOf } from '@/prisma/seed/usage-events'

let database: TestDatabase
let db: Database
const keys = installationKeys(
  {
    authSecret: 'a secret of this test',
    tokenPepper: `1:${randomBytes(32).toString('base64')}`,
  },
  readEnvironment({}),
)
const runtime = () => ({
  db,
  log: pino({ level: 'silent' }),
  billing: openIssuer(readEnvironment({}), keys.emailLinks),
  crypto: keys,
})

beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase({ url: database.url, poolSize: 8 })
  // Two processes that start together on an empty database.
  await Promise.all([seedDemo(runtime()), seedDemo(runtime())])
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

const organizations = () => db.prisma.organization.findMany({ orderBy: { slug: 'asc' } })

async function tokensOf(slug: string): Promise<TokenSummary[]> {
  const organization = await db.prisma.organization.findUniqueOrThrow({ where: { slug } })
  return selectTokens(db.pool, {
    organizationId: organization.id,
    policy: {
      maxLifetimeDays: organization.tokenMaxLifetimeDays,
      expiryRequired: organization.tokenExpiryRequired,
      bearerMinting: organization.tokenBearerMinting,
    },
  })
}

async function countRows(table: string): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  )
  return rows[0]?.count ?? 0
}

it('makes both organizations once, also when two processes start together', async () => {
  expect((await organizations()).map(({ slug, isDemo }) => [slug, isDemo])).toEqual([
    ['acme', true],
    ['globex', true],
  ])
})

it('changes nothing when it runs again', async () => {
  const tables = ['users', 'tokens', 'audit.event', 'activity.request', 'usage.event']
  const before = await Promise.all(tables.map(countRows))
  await seedDemo(runtime())
  expect(await Promise.all(tables.map(countRows))).toEqual(before)
})

it('leaves an audit trail that verifies, with its events in the past', async () => {
  for (const { id } of await organizations()) {
    expect(await verifyAuditChain(db, { organizationId: id })).toMatchObject({ ok: true })
  }
  const { rows } = await db.pool.query<{ early: number }>(
    `SELECT count(*)::int AS early FROM audit.event
      WHERE at_ms > extract(epoch FROM now()) * 1000`,
  )
  expect(rows[0]?.early).toBe(0)
})

it('shows a token in every state', async () => {
  const tokens = [...(await tokensOf('acme')), ...(await tokensOf('globex'))]
  expect(new Set(tokens.map(({ state }) => state))).toEqual(new Set(TOKEN_STATES))
})

it('has tokens that were reported as leaked, one of which died of it', async () => {
  const { rows } = await db.pool.query<{ outcome: string; endReason: string }>(
    `SELECT outcome, end_reason AS "endReason" FROM leak_reports r
     JOIN tokens t ON t.organization_id = r.organization_id AND t.id = r.token_id ORDER BY outcome`,
  )
  expect(rows).toEqual([
    { outcome: 'REVOKED', endReason: 'LEAKED' },
    { outcome: 'ALREADY_ENDED', endReason: 'REVOKED' },
  ])
})

it('has people of every role in each organization and one person in both', async () => {
  for (const { id } of await organizations()) {
    const members = await db.prisma.membership.findMany({ where: { organizationId: id } })
    expect(new Set(members.map(({ role }) => role)).size).toBe(3)
  }
  const ada = await db.prisma.user.findUniqueOrThrow({
    where: { email: 'ada@acme.example' },
    include: { memberships: true },
  })
  expect(ada.memberships).toHaveLength(2)
})

it('has calls of thirty days that leave some scopes unused', async () => {
  const grafana = (await tokensOf('acme')).find(({ name }) => name === 'grafana-dashboards')
  const { rows } = await db.pool.query<{ days: number; scopes: string[] }>(
    `SELECT count(DISTINCT day)::int AS days, array_agg(DISTINCT scope) AS scopes
       FROM activity.use_by_day WHERE family_id = $1`,
    [grafana?.familyId],
  )
  expect(rows[0]?.days).toBeGreaterThanOrEqual(30)
  expect(rows[0]?.scopes.length).toBeLessThan(grafana?.scopes.length ?? 0)
  expect(await countRows('activity.request_unplaced')).toBe(0)
})

describe('usage', () => {
  const DAY_MS = 86_400_000
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS

  it('is there for sixty days, by several providers, and is what its events say', async () => {
    for (const { id, slug } of await organizations()) {
      const { rows } = await db.pool.query<{ days: number; providers: number; unpriced: number }>(
        `SELECT count(DISTINCT bucket)::int AS days, count(DISTINCT provider)::int AS providers,
           sum(unpriced_calls)::int AS unpriced FROM usage.day WHERE organization_id = $1`,
        [id],
      )
      expect(rows[0]?.days, slug).toBeGreaterThanOrEqual(60)
      expect(rows[0]?.providers, slug).toBeGreaterThanOrEqual(2)
      expect((rows[0]?.unpriced ?? 0) > 0, slug).toBe(slug === 'acme')
      const { events, differences } = await recount(db.pool, id, new Date(0))
      expect(events, slug).toBeGreaterThan(1000)
      expect(differences, slug).toBe(0)
    }
    expect(await countRows('usage.event_unplaced')).toBe(0)
  })

  it('has a day in the last week that cost far more than the others', async () => {
    const { rows } = await db.pool.query<{ day: Date; cost: number }>(
      `SELECT bucket AS day, sum(input_cost + output_cost)::float8 AS cost FROM usage.day
       JOIN organizations o ON o.id = organization_id AND o.slug = 'acme'
       WHERE bucket < $1 GROUP BY bucket ORDER BY cost DESC`,
      [new Date(today)],
    )
    const [most, next] = rows
    expect(most?.day.getTime()).toBeGreaterThanOrEqual(today - 7 * DAY_MS)
    expect(most?.cost).toBeGreaterThan(1.5 * (next?.cost ?? 0))
  })

  it('has that day whatever day of the week it is today', () => {
    const agent = ACME_AGENTS.find((one) => one.agent === 'code-review')
    for (let later = 0; later < 7; later++) {
      const now = today + later * DAY_MS
      const calls = new Map<number, number>()
      for (const { occurredAt } of agent ? eventsOf('acme', agent, now) : []) {
        const ago = Math.ceil((now - occurredAt) / DAY_MS)
        calls.set(ago, (calls.get(ago) ?? 0) + 1)
      }
      const [most, next] = [...calls].sort(([, one], [, other]) => other - one)
      expect(most?.[0]).toBeLessThanOrEqual(7)
      expect(most?.[1]).toBeGreaterThan(1.5 * (next?.[1] ?? 0))
    }
  })

  it('is the same whenever it is drawn, but for what has happened since', () => {
    for (const agent of ACME_AGENTS) {
      const early = eventsOf('acme', agent, today + DAY_MS / 2)
      const late = eventsOf('acme', agent, today + DAY_MS - 1)
      expect(late.filter(({ occurredAt }) => occurredAt < today + DAY_MS / 2)).toEqual(early)
      const names = late.map(({ source, id }) => `${source} ${id}`)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it('has requests of both channels and levels of storage for sixty days', async () => {
    const { rows } = await db.pool.query<{ channel: string; days: number }>(
      `SELECT channel, count(*)::int AS days FROM usage.request_day
       JOIN organizations o ON o.id = organization_id AND o.slug = 'acme' GROUP BY channel`,
    )
    expect(rows.map(({ channel }) => channel).sort()).toEqual(['API', 'CONNECTOR'])
    for (const { days } of rows) expect(days).toBeGreaterThanOrEqual(60)
    expect(await countRows('usage.storage_day')).toBeGreaterThan(150)
  })
})

it('has told people of the past, some of it unread, and of nothing twice', async () => {
  const { rows } = await db.pool.query<{ kind: string; read: number; unread: number }>(
    `SELECT kind, count(read_at)::int AS read, (count(*) - count(read_at))::int AS unread
     FROM notifications WHERE created_at <= now() GROUP BY kind ORDER BY kind`,
  )
  const kinds = rows.map(({ kind }) => kind)
  expect(kinds).toEqual([
    'new-sign-in',
    'retired-secret-used',
    'token-changed',
    'token-expiring',
    'token-leaked',
  ])
  expect(rows.reduce((sum, { read }) => sum + read, 0)).toBeGreaterThan(0)
  expect(rows.reduce((sum, { unread }) => sum + unread, 0)).toBeGreaterThan(0)
  expect(await tellOfExpiringTokens({ db, crypto: keys }, Date.now())).toBe(0)
})

describe('billing', () => {
  const DAY_MS = 86_400_000
  const documentsOf = async (slug: string) => {
    const { id } = await db.prisma.organization.findUniqueOrThrow({ where: { slug } })
    return (await selectDocuments(db.pool, id, 'true', [])).reverse()
  }

  it('has two closed periods of Acme, of which the last invoice is open and not yet due', async () => {
    const documents = await documentsOf('acme')
    expect(documents.map(({ state }) => state)).toEqual(['PAID', 'PAID', 'OPEN'])
    const [, , open] = documents
    expect(open?.snapshot.dueAt).toBeGreaterThan(Date.now() + DAY_MS)
    expect(new Set(open?.snapshot.lines.map(({ kind }) => kind))).toContain('MODEL')
    expect(open?.snapshot.buyer).toMatchObject({ name: 'Acme Robotics GmbH' })
  })

  it('has invoices of Globex for what its free plan does not include, all paid', async () => {
    const documents = await documentsOf('globex')
    expect(documents.length).toBeGreaterThan(0)
    expect(documents.every(({ state }) => state === 'PAID')).toBe(true)
    const kinds = documents.flatMap(({ snapshot }) => snapshot.lines.map(({ kind }) => kind))
    expect(kinds).toContain('SEATS')
  })

  it('has numbers without a gap, in the order of time, and nothing left to close', async () => {
    const all = [...(await documentsOf('acme')), ...(await documentsOf('globex'))].sort(
      (one, other) => one.snapshot.issuedAt - other.snapshot.issuedAt,
    )
    const numbers = all.map(({ snapshot }) => snapshot.number)
    expect(numbers).toEqual([...numbers].sort())
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(await organizationsDue(db, { now: Date.now(), after: null, limit: 10 })).toEqual([])
    expect(await organizationsToCollect(db, Date.now())).toEqual([])
    const { rows } = await db.pool.query<{ early: number }>(
      `SELECT count(*)::int AS early FROM audit.event
       WHERE event_type = 'INVOICE_ISSUED' AND at_ms < $1`,
      [Date.now() - 2 * DAY_MS],
    )
    expect(rows[0]?.early).toBe(all.length)
  })

  it('names tax ids that are right', () => {
    for (const { details } of Object.values(BILLING)) {
      expect(billingDetailsSchema.parse(details)).toEqual(details)
    }
  })
})

it('has budgets of each kind, which no month brings near a threshold', async () => {
  const { rows } = await db.pool.query<{ kind: string; begun: boolean; halved: boolean }>(
    `SELECT b.subject_kind AS kind, sum(spent.cost) > 0 AS begun, sum(spent.cost) * 2 < b.amount_nano AS halved
     FROM usage.budget b
     LEFT JOIN (
       SELECT organization_id, origin, 'AGENT' AS kind, agent AS subject, bucket, input_cost + output_cost AS cost
       FROM usage.day
       UNION ALL
       SELECT organization_id, origin, 'TOKEN', family_id::text, bucket, cost FROM usage.token_day
       UNION ALL
       SELECT organization_id, origin, 'ORGANIZATION', '', bucket, cost FROM usage.token_day
     ) spent ON spent.organization_id = b.organization_id AND spent.origin = b.origin
       AND spent.kind = b.subject_kind::text AND spent.subject = b.subject AND spent.bucket > now() - interval '32 days'
     GROUP BY b.organization_id, b.id ORDER BY b.subject_kind::text`,
  )
  expect(rows.map(({ kind }) => kind)).toEqual([
    ...['AGENT', 'AGENT', 'AGENT'],
    ...['ORGANIZATION', 'ORGANIZATION', 'TOKEN'],
  ])
  expect(rows.filter(({ begun, halved }) => !(begun && halved))).toEqual([])
})

it('has an evaluation of the agent that runs here, in which its newer revision is better', async () => {
  const { rows } = await db.pool.query(
    `SELECT agent_id AS agent, status, case_count AS cases, candidate_score > baseline_score AS better,
       (SELECT count(*)::int FROM evaluation.run_item i WHERE i.run_id = r.id AND i.state = 'DONE') AS done
     FROM evaluation.run r`,
  )
  expect(rows).toEqual([
    { agent: RUN_HERE.agent, status: 'COMPLETED', cases: 24, better: true, done: 48 },
  ])
})

it('has agents under the names that usage reports, made by people and tokens', async () => {
  const { rows } = await db.pool.query<{ id: string; reported: boolean; makers: string[] }>(
    `SELECT a.id, EXISTS (SELECT 1 FROM usage.day u
         WHERE u.organization_id = a.organization_id AND u.agent = a.id) AS reported,
       (SELECT array_agg(DISTINCT d.maker_kind || ' ' || (d.family_id IS NOT NULL)) FROM agents.deployment d
         WHERE d.organization_id = a.organization_id AND d.agent_uid = a.uid) AS makers
     FROM agents.agent a ORDER BY a.id`,
  )
  expect(rows.filter(({ reported }) => !reported)).toEqual([])
  expect(new Set(rows.map(({ id }) => id))).toEqual(
    new Set([...ACME_AGENTS, ...GLOBEX_AGENTS, RUN_HERE].map(({ agent }) => agent)),
  )
  expect(new Set(rows.flatMap(({ makers }) => makers))).toEqual(
    new Set(['PERSON false', 'PERSON true', 'SERVICE_ACCOUNT true']),
  )
  // Deployments name the token that was there then, and every family is one of the organization's.
  const { rows: foreign } = await db.pool.query(
    `SELECT 1 FROM agents.deployment d LEFT JOIN tokens t
       ON t.organization_id = d.organization_id AND t.id = d.token_id AND t.family_id = d.family_id
     WHERE d.token_id IS NOT NULL AND (t.id IS NULL OR t.created_at > d.created_at)`,
  )
  expect(foreign).toEqual([])
})
