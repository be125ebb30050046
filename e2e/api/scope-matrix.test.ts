import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentedOperation } from '@/e2e/api/support/contract'
import { stateOf } from '@/e2e/api/support/history'
import {
  freshTargets,
  isMcp,
  readScopeOfItem,
  validRequest,
} from '@/e2e/api/support/valid-requests'
import {
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'

/** Scopes with no business in the control plane: not even a 404 to guess from. */
const SINGLE_PURPOSE: readonly Scope[] = ['inbound:deliver', 'mcp:invoke']

/** A thousand calls and more: on a busy machine that takes a while. */
const LIMIT_MS = 300_000

let world: World
let org: Organization
let admin: Person
const holders = new Map<Scope, Token>()

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = await org.person('ADMIN')
  for (const scope of ALL_SCOPES) holders.set(scope, await org.token(admin, [scope]))
  await reportAnAgent()
})
afterAll(() => world.close())

/** What an agent cost is a 404 before anything was reported of it. */
async function reportAnAgent(): Promise<void> {
  const intake = world.contract.operations.find(({ id }) => id === 'ingestUsageEvents')
  if (!intake) throw new Error('The document has no ingestUsageEvents.')
  const call = validRequest(intake, org.slug, await freshTargets(org, admin))
  const answer = await world.call({ ...call, token: secretOf('traces:write') })
  expect(answer.json().accepted).toBe(1)
}

const secretOf = (scope: Scope) => holders.get(scope)?.secret ?? ''

/** What a token of this one scope must be answered where the operation needs `operation.scopes`. */
function expectedRefusal(operation: DocumentedOperation, held: Scope) {
  const readScope = readScopeOfItem(operation)
  if (readScope === null || SINGLE_PURPOSE.includes(held)) return { status: 403 }
  return held === readScope ? { status: 403 } : { status: 404 }
}

async function expectRefused(operation: DocumentedOperation, held: Scope) {
  const targets = await shared()
  const call = validRequest(operation, org.slug, targets)
  const answer = await world.call({ ...call, token: secretOf(held) })
  const title = `${operation.id} with ${held}`
  expect(answer.status, title).toBe(expectedRefusal(operation, held).status)
  if (answer.status === 404) {
    expect(answer.json().code, title).toBe('not_found')
    return
  }
  const { missingScopes, code } = answer.json<{ missingScopes: Scope[]; code: string }>()
  expect(code, title).toBe('insufficient_scope')
  expect(missingScopes.length, title).toBeGreaterThan(0)
  for (const missing of missingScopes) expect(operation.scopes, title).toContain(missing)
  // It names the need, never what the caller holds.
  expect(missingScopes).not.toContain(held)
  expect(answer.headers['www-authenticate']).toBe(
    `Bearer error="insufficient_scope", scope="${missingScopes.join(' ')}"`,
  )
}

let targetsOfAll: ReturnType<typeof freshTargets> | undefined
function shared() {
  targetsOfAll ??= freshTargets(org, admin)
  return targetsOfAll
}

describe('every operation of the document × the 41 scopes', { timeout: LIMIT_MS }, () => {
  it('has operations, and 41 scopes', () => {
    expect(world.contract.operations.length).toBeGreaterThan(30)
    expect(holders.size).toBe(41)
  })

  it('refuses every token without the declared scopes, and changes nothing', async () => {
    await shared()
    const before = await stateOf(world.pool, org.id)
    for (const operation of world.contract.operations) {
      if (operation.scopes.length === 0) continue
      await Promise.all(
        ALL_SCOPES.filter((held) => !isEnough(operation, [held])).map((held) =>
          expectRefused(operation, held),
        ),
      )
    }
    expect(await stateOf(world.pool, org.id)).toBe(before)
  })

  it('accepts a token of exactly the declared scopes', async () => {
    for (const operation of world.contract.operations) {
      // The one key that MCP takes is made by enabling: e2e/api/mcp.test.ts.
      if (operation.scopes.length === 0 || isMcp(operation)) continue
      const exact = await org.token(admin, operation.scopes as Scope[])
      const targets = await freshTargets(org, admin, operation)
      const call = validRequest(operation, org.slug, targets)
      const answer = await world.call({ ...call, token: exact.secret })
      expect([200, 201, 202, 204], `${operation.id}: ${answer.text}`).toContain(answer.status)
    }
  })

  it('accepts any of the 41 where no scope is declared', async () => {
    const open = world.contract.operations.filter(
      ({ scopes, peopleOnly, isOpen }) => scopes.length === 0 && !peopleOnly && !isOpen,
    )
    expect(open.map(({ id }) => id)).toContain('getCurrentToken')
    for (const operation of open) {
      const targets = await shared()
      for (const scope of ALL_SCOPES) {
        const call = validRequest(operation, org.slug, targets)
        const answer = await world.call({ ...call, token: secretOf(scope) })
        expect(answer.status, `${operation.id} with ${scope}`).toBe(200)
      }
    }
  })
})

describe('every operation for people', { timeout: LIMIT_MS }, () => {
  it('refuses every token, whatever it holds and whoever owns it, and changes nothing', async () => {
    const forPeople = world.contract.operations.filter(({ peopleOnly }) => peopleOnly)
    expect(forPeople.map(({ id }) => id)).toContain('inviteUser')
    const account = await org.serviceAccount(ALL_SCOPES)
    const tokens = [
      ...holders.values(),
      await org.token(admin, ALL_SCOPES),
      await org.token(account, ALL_SCOPES),
    ]
    const targets = { ...(await shared()), user: (await org.person('MEMBER')).userId }
    const before = await stateOf(world.pool, org.id)
    for (const operation of forPeople) {
      await Promise.all(
        tokens.map(async ({ secret }) => {
          const call = validRequest(operation, org.slug, targets)
          const answer = await world.call({ ...call, token: secret })
          expect(answer.json(), operation.id).toMatchObject({
            status: 403,
            code: 'insufficient_scope',
            detail: 'Only a signed-in person can do this; no token can.',
          })
        }),
      )
    }
    expect(await stateOf(world.pool, org.id)).toBe(before)
  })
})

function isEnough(operation: DocumentedOperation, held: readonly string[]): boolean {
  return operation.scopes.every((scope) => held.includes(scope))
}
