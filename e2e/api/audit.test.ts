import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { verifyAuditChain } from '@/lib/audit/verify'

interface Event {
  id: string
  seq: number
  eventType: string
  createdAt: number
  actor: string
  actorType: string
  actorId: string | null
  actorTokenId: string | null
  targetId: string
  tokenId?: string
  keyPrefix?: string | null
  details: string
  data: Record<string, unknown>
  request: { id: string; channel: string; ip: string; userAgent: string }
}
interface Page {
  items: Event[]
  nextPageToken: string
  totalCount: number
}

let world: World
let org: Organization
let person: Person
let caller: Caller
let carrier: string
/** The ids of one logical token through two rotations, oldest first. */
let family: string[]

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  person = await org.person('ADMIN')
  const token = await org.token(person, ALL_SCOPES, { expiresInMs: null, name: 'carrier' })
  carrier = token.id
  caller = world.as(token)
  family = await liveALife()
})
afterAll(() => world.close())

/** Mint, rename, narrow, rotate twice, revoke, use: one event each. */
async function liveALife(): Promise<string[]> {
  const tokens = `${org.path}/tokens`
  const first = (
    await caller.post(`${tokens}:generate`, {
      name: '=cmd|calc',
      scopes: ['agents:read', 'keys:read'],
    })
  ).json()
  await caller.patch(`${tokens}/${first.id}`, { name: 'renamed' })
  await caller.patch(`${tokens}/${first.id}`, { scopes: ['agents:read'] })
  const second = (await caller.post(`${tokens}/${first.id}:rotate`, { name: 'second' })).json()
  const third = (await caller.post(`${tokens}/${second.id}:rotate`, { expirationDays: 3 })).json()
  await caller.delete(`${tokens}/${third.id}`)
  await world.as({ secret: String(third.token) }).get(`${tokens}/current`)
  return [first.id, second.id, third.id].map(String)
}

const pageOf = async (path: string) => {
  const answer = await caller.get(`${org.path}/${path}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json<Page & Record<string, unknown>>()
}

describe('the history of a token', () => {
  it('is the same through any of its ids: every event of the family, newest first', async () => {
    for (const id of family) {
      const { items, totalCount, nextPageToken } = await pageOf(`tokens/${id}/auditEvents`)
      expect(items.map(({ eventType }) => eventType)).toEqual([
        'USED_WHILE_REVOKED',
        'REVOKED',
        'ROTATED',
        'ROTATED',
        'SCOPES_CHANGED',
        'UPDATED',
        'MINTED',
      ])
      expect(totalCount).toBe(7)
      expect(nextPageToken).toBe('')
      expect(items.map(({ tokenId }) => tokenId)).toEqual(
        [2, 2, 2, 1, 0, 0, 0].map((index) => family[index]),
      )
      expect(items.every(({ keyPrefix }) => keyPrefix?.startsWith('fx_pat_'))).toBe(true)
    }
  })

  it('says what changed, and by whom from where', async () => {
    const { items } = await pageOf(`tokens/${family[0]}/auditEvents`)
    const changed = items.find(({ eventType }) => eventType === 'SCOPES_CHANGED')
    expect(changed?.data).toMatchObject({
      before: { scopes: ['agents:read', 'keys:read'] },
      after: { scopes: ['agents:read'] },
    })
    expect(JSON.parse(changed?.details ?? '')).toEqual(changed?.data)
    expect(changed).toMatchObject({
      actor: `${person.displayName} via carrier`,
      actorType: 'TOKEN',
      actorTokenId: carrier,
      request: { channel: 'api', ip: '127.0.0.1' },
    })
    const used = items.find(({ eventType }) => eventType === 'USED_WHILE_REVOKED')
    expect(used).toMatchObject({ actorType: 'SYSTEM', data: { reason: 'revoked' } })
  })

  it('names a service account as the actor of what its token did', async () => {
    const account = await org.serviceAccount(ALL_SCOPES)
    const worker = world.as(await org.token(account, ALL_SCOPES, { name: 'worker key' }))
    const victim = await org.token(person, ['agents:read'])
    const headers = { 'User-Agent': 'worker/1.0', 'X-Forwarded-For': '203.0.113.9' }
    await world.call({
      method: 'DELETE',
      path: `${org.path}/tokens/${victim.id}`,
      token: (await org.token(account, ALL_SCOPES, { name: 'worker key' })).secret,
      headers,
    })
    const { items } = (await worker.get(`${org.path}/tokens/${victim.id}/auditEvents`)).json<Page>()
    expect(items[0]).toMatchObject({
      eventType: 'REVOKED',
      actor: `${account.name} via worker key`,
      actorType: 'SERVICE_ACCOUNT',
      // No proxy is trusted here: whoever claims to forward for another is shown as itself.
      request: { ip: '127.0.0.1', userAgent: 'worker/1.0' },
    })
  })
})

describe('the organization’s log', () => {
  it('is newest first, without a gap, and filters', async () => {
    const { items, totalCount } = await pageOf('auditEvents?pageSize=200')
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_event, index) => totalCount - index))
    const rotated = await pageOf('auditEvents?eventType=ROTATED,MINTED')
    expect(new Set(rotated.items.map(({ eventType }) => eventType))).toEqual(
      new Set(['ROTATED', 'MINTED']),
    )
    const target = await pageOf(`auditEvents?targetId=${family[0]}`)
    expect(target.totalCount).toBe(7)
    const mine = await pageOf(`auditEvents?actorId=${person.userId}`)
    expect(mine.items.every(({ actorId }) => actorId === person.userId)).toBe(true)
    expect((await pageOf('auditEvents?search=RENAMED')).totalCount).toBeGreaterThan(0)
    expect((await pageOf('auditEvents?search=%25_')).totalCount).toBe(0)
    const middle = items[3]?.createdAt ?? 0
    const since = await pageOf(`auditEvents?from=${middle}`)
    const until = await pageOf(`auditEvents?to=${middle}`)
    expect(since.totalCount + until.totalCount).toBe(totalCount)
    expect(until.items.every(({ createdAt }) => createdAt < middle)).toBe(true)
  })

  it.each([
    'eventType=FORGED',
    'actorId=me',
    'targetId=1',
    'from=yesterday',
    'from=-1',
    'to=1e99',
    `search=${'s'.repeat(201)}`,
    'search=%00',
  ])('refuses the filter %s', async (filter) => {
    const name = filter.split('=')[0]
    const answer = await caller.get(`${org.path}/auditEvents?${filter}`)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: `/query/${name}` }] })
  })

  it('is exported whole, oldest first, and the export is an event', async () => {
    const before = (await pageOf('auditEvents?pageSize=200')).items
    const answer = await caller.get(`${org.path}/auditEvents:export?format=ndjson`)
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="audit-.*\.ndjson"$/,
    )
    const lines = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Event)
    expect(lines.slice(0, -1).map(({ id }) => id)).toEqual(before.map(({ id }) => id).reverse())
    expect(lines.at(-1)?.eventType).toBe('AUDIT_EXPORTED')
    expect((await pageOf('auditEvents?pageSize=1')).items[0]?.eventType).toBe('AUDIT_EXPORTED')
  })

  it('is exported as CSV that no spreadsheet runs as a formula', async () => {
    const answer = await caller.get(`${org.path}/auditEvents:export?format=csv&eventType=MINTED`)
    const [head, first] = answer.text.split('\r\n')
    expect(head).toMatch(/^seq,time,event,actor,/)
    expect(first).toContain(",'=cmd|calc,")
    expect(first).not.toContain(',=cmd')
    const wrong = await caller.get(`${org.path}/auditEvents:export?format=xlsx`)
    expect(wrong.json()).toMatchObject({ status: 400, errors: [{ pointer: '/query/format' }] })
  })

  it('is a chain that verifies, and that no statement can edit unseen', async () => {
    expect(await verifyAuditChain(world, { organizationId: org.id })).toMatchObject({ ok: true })
    for (const sql of [
      `UPDATE audit.event SET payload = payload WHERE organization_id = '${org.id}'`,
      `DELETE FROM audit.event WHERE organization_id = '${org.id}'`,
      'TRUNCATE audit.event',
    ]) {
      await expect(world.pool.query(sql)).rejects.toThrow(/never changed/)
    }
  })
})
