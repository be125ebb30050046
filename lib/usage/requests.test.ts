import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { ActivityRecorder, type RecordedCall } from '@/lib/activity/recorder'
import type { Context } from '@/lib/context'
import { ChangeBus } from '@/lib/db/change-bus'
import { newId } from '@/lib/ids'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { totalRequests } from '@/lib/usage/request-series'
import { readRequests } from '@/lib/usage/requests'
import { readTokenRequests } from '@/lib/usage/token-requests'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let product: ProductFixture
let organization: OrganizationFixture
let member: Context<UserPrincipal>
let today: number
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  member = await organization.member('MEMBER')
  today = Math.floor(member.now / DAY) * DAY
})

const family = newId()

function callOf(traits: Partial<RecordedCall> = {}): RecordedCall {
  return {
    organizationId: organization.id,
    familyId: family,
    tokenId: family,
    serviceAccountId: null,
    at: today,
    method: 'GET',
    route: '/v1/tenants/{tenant}/tokens',
    status: 200,
    latencyMs: 1,
    ip: null,
    userAgent: null,
    actor: 'Ada via ci',
    scope: 'keys:read',
    channel: 'API',
    requestId: newId(),
    lastUsedAt: today,
    ...traits,
  }
}

async function record(calls: readonly RecordedCall[]): Promise<void> {
  const recorder = new ActivityRecorder(product.db, (error) => expect.fail(String(error)))
  for (const call of calls) recorder.record(call)
  await recorder.flush()
}

const range = () => ({ from: today - 30 * DAY, to: today + DAY })

describe('requests', () => {
  it('are counted by hour, day and channel, with those that failed', async () => {
    await record([
      callOf({ at: today - 1 }),
      callOf({ status: 399 }),
      callOf({ status: 400, at: today + 1 }),
      callOf({ channel: 'CONNECTOR', scope: 'inbound:deliver', status: 502 }),
    ])
    // Another flush, as of another process, adds to the same rows.
    await record([callOf(), callOf({ at: today + HOUR - 1 })])
    expect(await readRequests(member, { ...range(), interval: 'HOUR' })).toEqual([
      { bucket: today - HOUR, channel: 'API', requests: 1, failed: 0 },
      { bucket: today, channel: 'API', requests: 4, failed: 1 },
      { bucket: today, channel: 'CONNECTOR', requests: 1, failed: 1 },
    ])
    const days = await readRequests(member, { ...range(), interval: 'DAY' })
    expect(days).toEqual([
      { bucket: today - DAY, channel: 'API', requests: 1, failed: 0 },
      { bucket: today, channel: 'API', requests: 4, failed: 1 },
      { bucket: today, channel: 'CONNECTOR', requests: 1, failed: 1 },
    ])
    expect(totalRequests(days)).toEqual({
      API: { requests: 5, failed: 1 },
      CONNECTOR: { requests: 1, failed: 1 },
    })
  })

  it('lead to their tokens: by name to who may see them, and in one row to who may not', async () => {
    const own = await mint(member, { name: 'own' })
    const others = await mint(await organization.member('ADMIN'), {
      name: 'others',
    })
    await record([
      callOf({ familyId: own.summary.familyId, at: today - DAY }),
      callOf({ familyId: own.summary.familyId, status: 404 }),
      ...[1, 2, 3].map(() => callOf({ familyId: others.summary.familyId, status: 500 })),
      callOf({ familyId: others.summary.familyId, at: today - 31 * DAY }),
    ])
    const admin = await organization.member('ADMIN')
    expect(await readTokenRequests(admin, range())).toMatchObject([
      { token: { name: 'others' }, requests: 3, failed: 3 },
      { token: { name: 'own', owner: { id: member.principal.userId } }, requests: 2, failed: 1 },
    ])
    expect(await readTokenRequests(member, range())).toMatchObject([
      { token: null, requests: 3, failed: 3 },
      { token: { name: 'own' }, requests: 2, failed: 1 },
    ])
    const yesterday = { from: today - DAY, to: today }
    expect(await readTokenRequests(member, yesterday)).toMatchObject([
      { token: { name: 'own' }, requests: 1, failed: 0 },
    ])
  })

  it('are the calls that were recorded, also when many processes write at once', async () => {
    const calls = Array.from({ length: 600 }, (_, index) =>
      callOf({
        at: today - (index % 50) * HOUR,
        channel: index % 3 ? 'API' : 'CONNECTOR',
        status: index % 7 ? 200 : 500,
      }),
    )
    await Promise.all(
      Array.from({ length: 6 }, (_, part) => record(calls.slice(part * 100, part * 100 + 100))),
    )
    const { rows } = await product.db.pool.query<{
      bucket: Date
      requests: number
      failed: number
    }>(
      `SELECT date_trunc('hour', to_timestamp(at_ms / 1000.0), 'UTC') AS bucket,
         count(*)::int AS requests, (count(*) FILTER (WHERE status >= 400))::int AS failed
       FROM activity.request WHERE organization_id = $1 GROUP BY 1 ORDER BY 1`,
      [organization.id],
    )
    const read = await readRequests(member, { ...range(), interval: 'HOUR' })
    for (const { bucket, requests, failed } of rows) {
      const { API, CONNECTOR } = totalRequests(
        read.filter((row) => row.bucket === bucket.getTime()),
      )
      expect([API.requests + CONNECTOR.requests, API.failed + CONNECTOR.failed]).toEqual([
        requests,
        failed,
      ])
    }
    const days = totalRequests(await readRequests(member, { ...range(), interval: 'DAY' }))
    expect(days).toEqual(totalRequests(read))
    expect(days.API.requests + days.CONNECTOR.requests).toBe(600)
  })

  it('are not counted where they could not be recorded', async () => {
    const recorder = new ActivityRecorder(product.db, () => undefined)
    recorder.record(callOf({ route: null as unknown as string }))
    await expect(recorder.flush()).rejects.toThrow()
    recorder.record(callOf())
    await expect(recorder.flush()).rejects.toThrow()
    expect(await readRequests(member, { ...range(), interval: 'DAY' })).toEqual([])
  })

  it('are told to those who look at usage', async () => {
    const changes = new ChangeBus(product.url, () => undefined)
    await changes.start()
    const heard = new Promise((resolve) =>
      changes.subscribe(`usage:${organization.id}`, () => resolve(true)),
    )
    await record([callOf()])
    expect(await heard).toBe(true)
    await changes.stop()
  })

  it('of another organization are not among them', async () => {
    await record([callOf()])
    const stranger = await (await product.organization()).member('ADMIN')
    expect(await readRequests(stranger, { ...range(), interval: 'DAY' })).toEqual([])
  })

  it('are read by programs that may read traces, and by no others', async () => {
    const owner = await organization.member('ADMIN')
    const reader = await mint(owner, { scopes: ['traces:read'] })
    const writer = await mint(owner, { scopes: ['traces:write'] })
    const query = { ...range(), interval: 'DAY' as const }
    expect(await readRequests(await organization.bearer(reader.secret), query)).toEqual([])
    await expect(
      readRequests(await organization.bearer(writer.secret), query),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it.each([
    [{ from: 1 }, '/query/from'],
    [{ to: 0 }, '/query/to'],
    [{ interval: 'HOUR' as const, from: 0 }, '/query/interval'],
  ])('are not read for %j', async (traits, pointer) => {
    const error = await readRequests(member, { ...range(), interval: 'DAY', ...traits }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({
      kind: 'invalid',
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    })
  })
})
