import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf, stateOf } from '@/e2e/api/support/history'
import {
  freshTargets,
  namesAnItem,
  type Targets,
  validRequest,
} from '@/e2e/api/support/valid-requests'
import {
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import type { ApiAnswer } from '@/e2e/support/api-client'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'

const SAMPLES = 60
/** Every operation many times: on a busy machine that takes a while. */
const LIMIT_MS = 300_000

let world: World
let first: Organization
let second: Organization
let intruder: Person
/** An admin's token of the first organization, with every scope. */
let token: Token
let theirs: Targets

beforeAll(async () => {
  world = await createWorld()
  first = await world.organization()
  second = await world.organization()
  intruder = await first.person('ADMIN')
  token = await first.token(intruder, ALL_SCOPES, { expiresInMs: null })
  theirs = await freshTargets(second, await second.person('ADMIN'))
})
afterAll(() => world.close())

/** All that a caller can see of an answer but what names the very request. */
function visible(answer: ApiAnswer) {
  const { 'x-request-id': _id, date: _date, ratelimit: _limit, ...headers } = answer.headers
  delete headers['content-length']
  delete headers.link
  const { requestId: _requestId, instance: _instance, ...problem } = answer.json()
  return { status: answer.status, headers, problem }
}

describe('a token of one organization, on every route of another', { timeout: LIMIT_MS }, () => {
  it('is answered as if that organization did not exist', async () => {
    const before = await stateOf(world.pool, second.id)
    const inTenants = world.contract.operations.filter(({ path }) => path.includes('{tenant}'))
    for (const operation of inTenants) {
      const tenants = [
        second.slug,
        second.id,
        second.id.toUpperCase(),
        'no-such-organization',
        newId(),
      ]
      const answers = await Promise.all(
        tenants.map((tenant) =>
          world.call({ ...validRequest(operation, tenant, theirs), token: token.secret }),
        ),
      )
      const [reference, ...others] = answers.map(visible)
      expect(reference?.status, operation.id).toBe(operation.id === 'getAuthHealth' ? 403 : 404)
      for (const other of others) expect(other, operation.id).toEqual(reference)
    }
    expect(await stateOf(world.pool, second.id)).toBe(before)
  })

  it('is answered for foreign ids on its own routes as for ids that nobody has', async () => {
    const nobody = {
      ...theirs,
      token: newId(),
      serviceAccount: newId(),
      agent: 'nobody',
      metric: newId(),
      webhook: newId(),
      signedWebhook: newId(),
      subscription: newId(),
      delivery: newId(),
    }
    const before = await stateOf(world.pool, second.id)
    for (const operation of world.contract.operations.filter(namesAnItem)) {
      const [foreign, missing] = await Promise.all(
        [theirs, nobody].map((targets) =>
          world.call({ ...validRequest(operation, first.slug, targets), token: token.secret }),
        ),
      )
      expect(foreign && visible(foreign).status, operation.id).toBe(404)
      expect(foreign && visible(foreign), operation.id).toEqual(missing && visible(missing))
    }
    expect(await stateOf(world.pool, second.id)).toBe(before)
  })

  it('takes as long as for one that does not exist', async () => {
    const caller = world.as(token)
    const paths = [`${second.path}/tokens`, '/v1/tenants/no-such-organization/tokens']
    const times: [number[], number[]] = [[], []]
    for (let sample = 0; sample < SAMPLES; sample++) {
      for (const [index, path] of paths.entries()) {
        const startedAt = performance.now()
        await caller.get(path)
        times[index]?.push(performance.now() - startedAt)
      }
    }
    const [foreign, missing] = times.map(median) as [number, number]
    expect(Math.abs(foreign - missing)).toBeLessThan(Math.max(2, missing / 2))
  })
})

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

describe('the organization of a call', () => {
  it('comes from the path alone: headers naming another are ignored', async () => {
    const headers = {
      'X-Tenant-Id': second.id,
      'X-Organization-Id': second.id,
      'X-Forwarded-Host': `${second.slug}.example.test`,
      'X-Original-URL': `${second.path}/tokens`,
      'X-Rewrite-URL': `${second.path}/tokens`,
      Host: `${second.slug}.example.test`,
    }
    const answer = await world.as(token).get(`${first.path}/tokens/current`, headers)
    expect(answer.json()).toMatchObject({ tenantId: first.id, tenantSlug: first.slug })
    const query = await world.as(token).get(`${first.path}/tokens/current?tenant=${second.slug}`)
    expect(query.json()).toMatchObject({ tenantId: first.id })
  })

  it('cannot be named in a body', async () => {
    for (const field of ['tenantId', 'organizationId', 'tenant']) {
      const body = { scopes: ['agents:read'], [field]: second.id }
      const answer = await world.as(token).post(`${first.path}/tokens:generate`, body)
      expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: `/${field}` }] })
    }
  })

  it('is one even for a person who belongs to both', async () => {
    await second.join(intruder, 'ADMIN')
    const own = await second.token(intruder, ALL_SCOPES)
    expect((await world.as(own).get(`${second.path}/tokens/current`)).status).toBe(200)
    expect((await world.as(token).get(`${second.path}/tokens/current`)).status).toBe(404)
    expect((await world.as(token).get(`${second.path}/tokens/${own.id}`)).status).toBe(404)
    expect((await world.as(token).get(`${first.path}/tokens/${own.id}`)).status).toBe(404)
    expect((await world.as(token).get(`${second.path}/auth/health`)).json()).toMatchObject({
      status: 403,
      code: 'wrong_tenant',
    })
  })
})

describe('lists, history and exports', () => {
  it('hold one organization each', async () => {
    const owner = await second.person('ADMIN')
    const inside = await second.token(owner, ALL_SCOPES)
    const made = await world
      .as(inside)
      .post(`${second.path}/tokens:generate`, { scopes: ['agents:read'], expirationDays: 1 })
    const { id } = made.json<{ id: string }>()
    for (const path of [
      'tokens',
      'tokens?pageSize=200',
      'serviceAccounts?pageSize=200',
      'auditEvents?pageSize=200',
      `auditEvents?targetId=${id}`,
      `auditEvents?actorId=${owner.userId}&search=admin`,
      'auditEvents:export?format=csv',
      'auditEvents:export?format=ndjson',
    ]) {
      const answer = await world.as(token).get(`${first.path}/${path}`)
      expect(answer.status, path).toBe(200)
      for (const foreign of [second.id, id, inside.id, theirs.serviceAccount]) {
        expect(answer.text, path).not.toContain(foreign)
      }
    }
  })

  it('give page tokens that are worth nothing elsewhere', async () => {
    const insider = world.as(await second.token(await second.person('ADMIN'), ALL_SCOPES))
    const page = await insider.get(`${second.path}/serviceAccounts?pageSize=1`)
    await second.serviceAccount(['agents:read'])
    const again = await insider.get(`${second.path}/serviceAccounts?pageSize=1`)
    const pageToken = again.json().nextPageToken || page.json().nextPageToken
    expect(pageToken).not.toBe('')
    const answer = await world.as(token).get(`${first.path}/serviceAccounts?pageToken=${pageToken}`)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/query/pageToken' }] })
  })

  it('report foreign ids of a bulk revocation as unknown, and leave them alive', async () => {
    const mine = await first.token(intruder, ['agents:read'])
    const tokenIds = [theirs.token, mine.id, newId()]
    const answer = await world.as(token).post(`${first.path}/tokens:bulkRevoke`, { tokenIds })
    expect(answer.json().results).toEqual([
      { tokenId: tokenIds[0], outcome: 'NOT_FOUND' },
      { tokenId: tokenIds[1], outcome: 'REVOKED' },
      { tokenId: tokenIds[2], outcome: 'NOT_FOUND' },
    ])
    const alive = await world.as(theirs).get(`${second.path}/tokens/current`)
    expect(alive.status).toBe(200)
    const events = await auditOf(world.pool, first.id)
    const told = events.filter(({ targetId }) => tokenIds.includes(targetId))
    expect(told.map(({ eventType, targetId }) => [eventType, targetId])).toEqual([
      ['REVOKED', mine.id],
    ])
  })

  it('say nothing of a foreign secret when asked to introspect it', async () => {
    for (const body of [`token=${theirs.secret}`, 'token=unknown']) {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const answer = await world.as(token).post(`${first.path}/tokens:introspect`, body, headers)
      expect(answer.text).toBe('{"active":false}')
    }
  })
})
