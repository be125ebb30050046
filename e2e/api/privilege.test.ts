import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf, stateOf } from '@/e2e/api/support/history'
import { createWorld, type Organization, type Person, type World } from '@/e2e/api/support/world'
import type { ApiAnswer } from '@/e2e/support/api-client'
import { ALL_SCOPES } from '@/lib/access/scopes'

const DAY_MS = 24 * 60 * 60 * 1000

let world: World
let org: Organization
let admin: Person

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = await org.person('ADMIN')
})
afterAll(() => world.close())

/** The refusal, and that nothing changed by it. */
async function expectRefused(
  request: () => Promise<ApiAnswer>,
  expected: { status: number; code: string },
) {
  const before = await stateOf(world.pool, org.id)
  const answer = await request()
  expect(answer.json()).toMatchObject(expected)
  expect(await stateOf(world.pool, org.id)).toBe(before)
  return answer
}

describe('minting hands on no more than the caller has', () => {
  it('refuses service-account tokens, with keys:write or without', async () => {
    const account = await org.serviceAccount(ALL_SCOPES)
    const narrow = await org.token(account, ['agents:read'])
    const wide = await org.token(account, ALL_SCOPES)
    const path = `${org.path}/tokens:generate`
    const body = { scopes: ['agents:read'] }
    await expectRefused(() => world.as(narrow).post(path, body), {
      status: 403,
      code: 'insufficient_scope',
    })
    const denied = { status: 403, code: 'service_account_cannot_mint' }
    await expectRefused(() => world.as(wide).post(path, body), denied)
    for (const id of [narrow.id, wide.id]) {
      await expectRefused(() => world.as(wide).post(`${org.path}/tokens/${id}:rotate`), denied)
    }
    const item = `${org.path}/serviceAccounts/${account.serviceAccountId}`
    await expectRefused(() => world.as(wide).post(`${item}:rotate?keyExpirationDays=1`), denied)
    await expectRefused(() => world.as(wide).post(`${item}/tokens:generate`, body), denied)
    await expectRefused(
      () => world.as(wide).post(`${org.path}/serviceAccounts`, { preset: 'runner' }),
      denied,
    )
  })

  it('refuses a scope beyond the caller, by mint, patch and rotation', async () => {
    const token = await org.token(admin, ['keys:read', 'keys:write'])
    const caller = world.as(token)
    const denied = { status: 403, code: 'scope_exceeds_yours' }
    const wish = { scopes: ['keys:read', 'agents:execute'], expirationDays: 1 }
    const answer = await expectRefused(
      () => caller.post(`${org.path}/tokens:generate`, wish),
      denied,
    )
    expect(answer.json().missingScopes).toEqual(['agents:execute'])
    await expectRefused(
      () => caller.post(`${org.path}/tokens:generate`, { preset: 'admin', expirationDays: 1 }),
      denied,
    )
    const item = `${org.path}/tokens/${token.id}`
    await expectRefused(() => caller.patch(item, { scopes: wish.scopes }), denied)
    await expectRefused(() => caller.post(`${item}:rotate`, { scopes: wish.scopes }), denied)
    await expectRefused(
      () =>
        caller.post(`${org.path}/serviceAccounts`, {
          ...wish,
          expirationDays: undefined,
          keyExpirationDays: 1,
        }),
      denied,
    )
  })

  it('refuses a life beyond the caller’s, never-ending ones first of all', async () => {
    const token = await org.token(admin, ['keys:read', 'keys:write'], { expiresInMs: DAY_MS })
    const caller = world.as(token)
    const denied = { status: 403, code: 'life_exceeds_yours' }
    for (const expirationDays of [undefined, null, 2, 36_500]) {
      const body = { scopes: ['keys:read'], expirationDays }
      await expectRefused(() => caller.post(`${org.path}/tokens:generate`, body), denied)
    }
    const item = `${org.path}/tokens/${token.id}`
    for (const body of [{ expirationDays: null }, { expirationDays: 30 }, { expiresAt: null }]) {
      await expectRefused(() => caller.patch(item, body), denied)
      await expectRefused(() => caller.post(`${item}:rotate`, body), denied)
    }
  })

  it('refuses what the role no longer allows, whatever the token was granted', async () => {
    const member = await org.person('MEMBER')
    const token = await org.token(member, ALL_SCOPES)
    await expectRefused(
      () =>
        world.as(token).post(`${org.path}/tokens:generate`, {
          scopes: ['organization:write'],
          expirationDays: 1,
        }),
      { status: 403, code: 'scope_exceeds_yours' },
    )
    await expectRefused(
      () => world.as(token).patch(`${org.path}/tokenPolicy`, { bearerMinting: false }),
      {
        status: 403,
        code: 'insufficient_scope',
      },
    )
  })

  it('obeys an organization that switched minting by bearer off', async () => {
    const strict = await world.organization({ bearerMinting: false })
    const token = await strict.token(await strict.person('ADMIN'), ALL_SCOPES)
    const caller = world.as(token)
    for (const [path, body] of [
      ['tokens:generate', { scopes: ['agents:read'] }],
      [`tokens/${token.id}:rotate`, {}],
      ['serviceAccounts', { scopes: ['agents:read'] }],
    ] as const) {
      const answer = await caller.post(`${strict.path}/${path}`, body)
      expect(answer.json()).toMatchObject({ status: 403, code: 'bearer_minting_disabled' })
    }
    expect(await auditOf(world.pool, strict.id)).toEqual([])
  })
})

describe('other people’s tokens', () => {
  it('are a 404 to a member, for every operation on them', async () => {
    const theirs = await org.token(admin, ['agents:read'])
    const caller = world.as(await org.token(await org.person('MEMBER'), ALL_SCOPES))
    const item = `${org.path}/tokens/${theirs.id}`
    const denied = { status: 404, code: 'not_found' }
    await expectRefused(() => caller.get(item), denied)
    await expectRefused(() => caller.get(`${item}/auditEvents`), denied)
    await expectRefused(() => caller.get(`${item}/activity`), denied)
    await expectRefused(() => caller.get(`${item}/scopeUsage`), denied)
    await expectRefused(() => caller.patch(item, { name: 'mine' }), denied)
    await expectRefused(() => caller.post(`${item}:rotate`), denied)
    await expectRefused(() => caller.delete(item), denied)
    const bulk = await caller.post(`${org.path}/tokens:bulkRevoke`, { tokenIds: [theirs.id] })
    expect(bulk.json().results).toEqual([{ tokenId: theirs.id, outcome: 'NOT_FOUND' }])
    const asked = await caller.post(`${org.path}/tokens:introspect`, { token: theirs.secret })
    expect(asked.json()).toEqual({ active: false })
  })

  it('may be revoked by an admin, never rotated or changed', async () => {
    const theirs = await org.token(await org.person('MEMBER'), ['agents:read'])
    const caller = world.as(await org.token(admin, ALL_SCOPES))
    const item = `${org.path}/tokens/${theirs.id}`
    const denied = { status: 403, code: 'not_your_token' }
    await expectRefused(() => caller.post(`${item}:rotate`), denied)
    await expectRefused(() => caller.patch(item, { name: 'mine' }), denied)
    expect((await caller.delete(item)).status).toBe(204)
    expect((await world.as(theirs).get(`${org.path}/tokens/current`)).status).toBe(401)
  })

  it('do not appear in a member’s or finance’s list', async () => {
    for (const role of ['MEMBER', 'FINANCE'] as const) {
      const own = await org.token(await org.person(role), ['keys:read'])
      const listed = await world.as(own).get(`${org.path}/tokens`)
      expect(listed.json<{ id: string }[]>().map(({ id }) => id)).toEqual([own.id])
      const page = await world.as(own).get(`${org.path}/tokens?pageSize=10`)
      expect(page.json<unknown[]>()).toHaveLength(1)
    }
  })

  it('of service accounts are for admins alone', async () => {
    const account = await org.serviceAccount(['agents:read'])
    const caller = world.as(await org.token(await org.person('MEMBER'), ALL_SCOPES))
    const role = { status: 403, code: 'role_insufficient' }
    await expectRefused(() => caller.get(`${org.path}/serviceAccounts`), role)
    await expectRefused(
      () => caller.post(`${org.path}/serviceAccounts`, { preset: 'runner' }),
      role,
    )
    await expectRefused(() => caller.get(`${org.path}/auditEvents`), role)
    await expectRefused(() => caller.get(`${org.path}/auditEvents:export`), role)
    const item = `${org.path}/serviceAccounts/${account.serviceAccountId}`
    const missing = { status: 404, code: 'not_found' }
    await expectRefused(() => caller.get(item), missing)
    await expectRefused(() => caller.post(`${item}:suspend`), missing)
    await expectRefused(() => caller.delete(item), missing)
  })
})

describe('a change of the owner bites at the next call', () => {
  const current = () => `${org.path}/tokens/current`

  it('admin to member: granted stays, effective shrinks', async () => {
    const person = await org.person('ADMIN')
    const token = await org.token(person, ['agents:read', 'organization:write'])
    const policy = { bearerMinting: true }
    expect((await world.as(token).patch(`${org.path}/tokenPolicy`, policy)).status).toBe(200)
    await world.pool.query("UPDATE memberships SET role = 'MEMBER' WHERE user_id = $1", [
      person.userId,
    ])
    const denied = await world.as(token).patch(`${org.path}/tokenPolicy`, policy)
    expect(denied.json()).toMatchObject({ status: 403, missingScopes: ['organization:write'] })
    expect((await world.as(token).get(current())).json()).toMatchObject({
      scopes: ['agents:read', 'organization:write'],
      effectiveScopes: ['agents:read'],
    })
  })

  it('member removed: personal tokens die, the service accounts they made live on', async () => {
    const person = await org.person('ADMIN')
    const personal = await org.token(person, ALL_SCOPES, { expiresInMs: 2 * DAY_MS })
    const made = await world.as(personal).post(`${org.path}/serviceAccounts`, {
      name: 'ci',
      scopes: ['agents:read'],
      keyExpirationDays: 1,
    })
    const { key } = made.json<{ key: { token: string } }>()
    await world.pool.query('DELETE FROM memberships WHERE user_id = $1', [person.userId])
    const refused = await world.as(personal).get(current())
    expect(refused.json()).toMatchObject({ status: 401, reason: 'owner-removed' })
    expect((await world.as({ secret: key.token }).get(current())).status).toBe(200)
  })
})
