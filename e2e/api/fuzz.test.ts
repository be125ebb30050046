import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostileRequest } from '@/e2e/api/support/hostile-requests'
import { signedIn } from '@/e2e/api/support/session'
import { freshTargets, validRequest } from '@/e2e/api/support/valid-requests'
import { createWorld, type Organization, type World } from '@/e2e/api/support/world'
import { type ApiCall, callApi } from '@/e2e/support/api-client'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { verifyAuditChain } from '@/lib/audit/verify'

const REQUESTS = 5000
/** Properties that run side by side, so that requests also meet each other. */
const LANES = 4
const LIMIT_MS = 300_000
const MAKES_SOMETHING = ['generateToken', 'createServiceAccount', 'importTokens']

let world: World
let org: Organization
let neighbour: Organization

beforeAll(async () => {
  // Each request seems to come from another network, and one token may call as often as it likes.
  const env = { API_RATE_LIMIT_PER_MINUTE: '10000000', TRUSTED_PROXIES: 'loopback' }
  world = await createWorld({ env })
  org = await world.organization()
  neighbour = await world.organization()
})
afterAll(() => world.close())

/** People, accounts and tokens for the requests to name and to use. */
async function populate() {
  const admin = await org.person('ADMIN')
  const member = await org.person('MEMBER')
  const account = await org.serviceAccount(ALL_SCOPES)
  const victims = await Promise.all(
    [1, 2, 3, 4].map(() => org.token(admin, ['agents:read', 'keys:read'])),
  )
  const holders = [
    await org.token(admin, ALL_SCOPES, { expiresInMs: null }),
    await org.token(admin, ALL_SCOPES, { expiresInMs: null }),
    await org.token(member, ALL_SCOPES),
    await org.token(account, ALL_SCOPES),
    await neighbour.token(await neighbour.person('ADMIN'), ALL_SCOPES),
  ]
  return {
    operations: world.contract.operations,
    tenants: [org.slug, org.slug, org.slug, org.id, neighbour.slug, 'nobody'],
    ids: {
      token: victims.map(({ id }) => id),
      serviceAccount: [account.serviceAccountId],
      user: [admin.userId, member.userId],
      tenantId: [org.id, neighbour.id],
    },
    secrets: holders.map(({ secret }) => secret),
    cookies: await Promise.all(
      [admin, member].map(async (person) => (await signedIn(world, person)).cookie),
    ),
    origin: world.product.url,
  }
}

/** Requests that succeed for certain: chance alone finds one in two thousand. */
async function goodRequests(): Promise<fc.Arbitrary<ApiCall>> {
  const admin = await org.person('ADMIN')
  const targets = await freshTargets(org, admin)
  const { secret } = await org.token(admin, ALL_SCOPES)
  const calls = world.contract.operations
    .filter(({ id }) => MAKES_SOMETHING.includes(id))
    .map((operation) => ({ ...validRequest(operation, org.slug, targets), token: secret }))
  expect(calls).toHaveLength(MAKES_SOMETHING.length)
  return fc.constantFrom(...calls)
}

/** Only what was asked for may change: a policy that shuts everybody out would end the test early. */
async function loosenPolicy(call: ApiCall, status: number): Promise<void> {
  if (status === 200 && call.method === 'PATCH' && call.path.includes('/tokenPolicy')) {
    await world.pool.query(
      `UPDATE organizations SET token_max_lifetime_days = NULL, token_expiry_required = false,
         token_bearer_minting = true`,
    )
  }
}

it(
  `${REQUESTS} requests, good and hostile: never a 5xx, every refusal a problem, the audit chain whole`,
  async () => {
    const statuses = new Map<number, number>()
    const request = fc.oneof(
      { weight: 30, arbitrary: hostileRequest(await populate()) },
      { weight: 1, arbitrary: await goodRequests() },
    )
    const property = fc.asyncProperty(request, async (call) => {
      const answer = await callApi(world.product.url, call)
      const faults = world.contract.faults(call, answer)
      expect(faults, `${answer.status} ${answer.text.slice(0, 500)}`).toEqual([])
      expect(answer.status, answer.text).toBeLessThan(500)
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      await loosenPolicy(call, answer.status)
    })
    const lane = () => fc.assert(property, { numRuns: REQUESTS / LANES })
    await Promise.all(Array.from({ length: LANES }, lane))
    // It met every kind of answer, successes too: else it would have tested the doorbell only.
    for (const status of [200, 201, 204, 400, 401, 403, 404, 405, 409, 415]) {
      expect(statuses.get(status) ?? 0, `answers of ${status}`).toBeGreaterThan(0)
    }
    const healthy = await world.call({ path: '/readyz' })
    expect(healthy.status).toBe(200)
    for (const { id } of [org, neighbour]) {
      expect(await verifyAuditChain(world, { organizationId: id })).toMatchObject({ ok: true })
    }
    const { rows } = await world.pool.query(
      'SELECT 1 FROM tokens WHERE NOT (scopes <@ $1::text[])',
      [ALL_SCOPES],
    )
    expect(rows).toEqual([])
  },
  LIMIT_MS,
)
