import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putCollaborator } from '@/lib/agents/collaborators'
import type { Context } from '@/lib/context'
import { runnableAgent } from '@/lib/execution/execution-fixture'
import { EXECUTION_STATUSES } from '@/lib/execution/model'
import { type ExecutionFilter, listExecutions } from '@/lib/execution/queries'
import { newId } from '@/lib/ids'
import { COUNTED_TO } from '@/lib/paging'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { ORIGINS } from '@/lib/usage/origin'

const SESSIONS = ['thread-1', 'thread-2']

type Kept = Required<ExecutionFilter> & { id: string }

let product: ProductFixture
let admin: Context
/** Sees the first two of the three agents. */
let member: Context
let agents: string[]
let kept: Kept[]

async function insert(runs: readonly Kept[]) {
  await product.db.pool.query(
    `INSERT INTO execution.run (organization_id, id, agent_uid, agent_id, revision, session_id, maker_kind, maker_id,
       maker_label, request_id, origin, provider, model, model_origin, status, started_at, expires_at, finished_at,
       error_code)
     SELECT $1, r.id, a.uid, a.id, 1, r.session, 'PERSON', $1, 'Test', 'request', r.origin, 'local', 'echo', 'LOCAL',
       r.status, now(), now(), CASE WHEN r.status <> 'RUNNING' THEN now() END,
       CASE WHEN r.status = 'FAILED' THEN 'model_failed' END
     FROM jsonb_to_recordset($2) r(id uuid, agent text, session text, status text, origin text)
       JOIN agents.agent a ON a.organization_id = $1 AND a.id = r.agent`,
    [admin.organization.id, JSON.stringify(runs)],
  )
}

beforeAll(async () => {
  product = await createProductFixture()
  const organization = await product.organization()
  admin = await organization.member('ADMIN')
  member = await organization.member('MEMBER')
  agents = [await runnableAgent(admin), await runnableAgent(admin), await runnableAgent(admin)]
  for (const agent of agents.slice(0, 2)) await share(agent)
  kept = agents.flatMap((agent) =>
    EXECUTION_STATUSES.flatMap((status) =>
      ORIGINS.flatMap((origin) =>
        SESSIONS.map((session) => ({ id: newId(), agent, session, status, origin })),
      ),
    ),
  )
  await insert(kept)
  kept.sort((a, b) => (a.id < b.id ? 1 : -1))
})
afterAll(() => product.close())

async function share(agent: string) {
  const { principal } = member
  if (principal.kind !== 'user') throw new Error('A member is a person.')
  await putCollaborator(admin, { agent, userId: principal.userId, role: 'VIEWER' })
}

const filters: fc.Arbitrary<ExecutionFilter> = fc.record(
  {
    agent: fc.nat(1).map((n) => agents[n] ?? ''),
    session: fc.constantFrom(...SESSIONS, 'none'),
    status: fc.constantFrom(...EXECUTION_STATUSES),
    origin: fc.constantFrom(...ORIGINS),
  },
  { requiredKeys: [] },
)

describe('runs under any filter', () => {
  it('are those that it names and the reader sees, newest first, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.boolean(),
        fc.integer({ min: 1, max: 20 }),
        async (filter, asMember, pageSize) => {
          const wanted = kept.filter(
            (run) =>
              (!asMember || run.agent !== agents[2]) &&
              Object.entries(filter).every(([field, value]) => run[field as keyof Kept] === value),
          )
          const listed: string[] = []
          let pageToken = ''
          do {
            const request = { ...filter, pageSize, pageToken }
            const page = await listExecutions(asMember ? member : admin, request)
            expect(page.totalCount).toBe(wanted.length)
            listed.push(...page.items.map(({ id }) => id))
            pageToken = page.nextPageToken
          } while (pageToken !== '')
          expect(listed).toEqual(wanted.map(({ id }) => id))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are counted so far and no further', async () => {
    const agent = await runnableAgent(admin)
    const one = { agent, session: 'many', status: 'SUCCEEDED', origin: 'PRODUCTION' } as const
    await insert(Array.from({ length: COUNTED_TO + 1 }, () => ({ ...one, id: newId() })))
    for (const filter of [{ agent }, { session: 'many' }]) {
      expect((await listExecutions(admin, { ...filter, pageSize: 1 })).totalCount).toBe(COUNTED_TO)
    }
  })
})
