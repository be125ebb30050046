import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  authorize,
  authorizeOnItem,
  REAUTHENTICATION_WINDOW_MS,
  requireRecentAuthentication,
} from '@/lib/access/authorize'
import {
  actorOf,
  can,
  ceiling,
  type Principal,
  personOf,
  seesOrganizationInventory,
  type TokenPrincipal,
  type UserPrincipal,
} from '@/lib/access/principal'
import {
  HUMAN_PERMISSIONS,
  type Permission,
  ROLE_FACTS,
  ROLES,
  type Role,
} from '@/lib/access/roles'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'

const AT = Date.UTC(2026, 10, 21)

function session(role: Role): UserPrincipal {
  const names = { userId: 'u', sessionId: 's', displayName: 'Ada', email: 'ada@example.test' }
  return { kind: 'user', ...names, role, reauthenticatedAt: AT }
}

function token(scopes: readonly Scope[], owner: 'service-account' | Role): TokenPrincipal {
  return {
    kind: 'token',
    tokenId: 't',
    familyId: 't',
    tokenName: 'ci',
    displayPrefix: 'fx_pat_0000',
    granted: scopes,
    scopes: new Set(scopes),
    expiresAt: null,
    owner:
      owner === 'service-account'
        ? { type: owner, serviceAccountId: 'sa', name: 'bot' }
        : { type: 'user', userId: 'u', displayName: 'Ada', email: 'a@b.test', role: owner },
  }
}

const PERMISSIONS: readonly Permission[] = [...ALL_SCOPES, ...HUMAN_PERMISSIONS]
const anyScopes = fc.subarray([...ALL_SCOPES])
const anyOwner = fc.constantFrom('service-account' as const, ...ROLES)

describe('what a principal can', () => {
  it('never holds a human permission by a token, whoever owns it', () => {
    fc.assert(
      fc.property(anyScopes, anyOwner, (scopes, owner) => {
        const principal = token(scopes, owner)
        for (const permission of HUMAN_PERMISSIONS) expect(can(principal, permission)).toBe(false)
        for (const scope of ALL_SCOPES) expect(can(principal, scope)).toBe(scopes.includes(scope))
        expect(ceiling(principal)).toEqual(scopes)
      }),
    )
  })

  it('keeps human permissions and scopes apart by name', () => {
    const names = HUMAN_PERMISSIONS as readonly string[]
    expect(ALL_SCOPES.filter((scope) => names.includes(scope))).toEqual([])
  })

  it('follows the role of a session', () => {
    const powers = ROLES.map((role) => PERMISSIONS.filter((name) => can(session(role), name)))
    expect(powers).toEqual(
      ROLES.map((role) => [...ROLE_FACTS[role].scopes, ...ROLE_FACTS[role].human]),
    )
  })

  it('sets the ceilings of the roles', () => {
    expect(ceiling(session('ADMIN'))).toEqual(ALL_SCOPES)
    expect(PERMISSIONS.every((permission) => can(session('ADMIN'), permission))).toBe(true)
    expect(ceiling(session('FINANCE'))).toEqual([
      'agents:read',
      'executions:read',
      'traces:read',
      'keys:read',
      'keys:write',
      'organization:read',
    ])
    const heldBack = ALL_SCOPES.filter((scope) => !ceiling(session('MEMBER')).includes(scope))
    expect(heldBack).toEqual([
      'integrations:write',
      'llm_providers:write',
      'llm_providers:test',
      'connectors:write',
      'organization:write',
    ])
    for (const permission of ['members:write', 'billing:read', 'billing:write'] as const) {
      expect(can(session('MEMBER'), permission)).toBe(false)
    }
  })
})

describe('refusals', () => {
  const refusalOf = (work: () => void) => {
    try {
      work()
    } catch (error) {
      return error
    }
    return null
  }

  it('name what was needed and nothing that the caller holds', () => {
    fc.assert(
      fc.property(anyScopes, fc.constantFrom(...PERMISSIONS), (scopes, permission) => {
        const principal = token(scopes, 'ADMIN')
        const refusal = refusalOf(() => authorize(principal, permission)) as {
          message: string
          missingScopes: string[]
        } | null
        expect(refusal === null).toBe(can(principal, permission))
        if (!refusal) return
        expect(refusal).toMatchObject({ kind: 'forbidden', code: 'insufficient_scope' })
        const isScope = (ALL_SCOPES as readonly string[]).includes(permission)
        // What no token can ever hold has another remedy than a token that holds it.
        expect(refusal.message).toContain(isScope ? permission : 'no token can')
        for (const held of scopes) expect(refusal.message.split(/[ ,.]/)).not.toContain(held)
        expect(refusal.missingScopes).toEqual(isScope ? [permission] : [])
      }),
    )
  })

  it('hide an item from who may not read it, and only then', () => {
    const onKeys = (principal: Principal) => () =>
      authorizeOnItem(principal, 'keys:read', 'keys:write')
    expect(refusalOf(onKeys(token(['agents:read'], 'ADMIN')))).toMatchObject({ kind: 'not-found' })
    expect(refusalOf(onKeys(token([], 'ADMIN')))).toMatchObject({ kind: 'not-found' })
    expect(refusalOf(onKeys(token(['keys:write'], 'ADMIN')))).toMatchObject({ kind: 'not-found' })
    expect(refusalOf(onKeys(token(['keys:read'], 'ADMIN')))).toMatchObject({
      kind: 'forbidden',
      missingScopes: ['keys:write'],
    })
    expect(refusalOf(onKeys(token(['keys:read', 'keys:write'], 'MEMBER')))).toBeNull()
    for (const purpose of ['inbound:deliver', 'mcp:invoke'] as const) {
      expect(refusalOf(onKeys(token([purpose], 'ADMIN')))).toMatchObject({ kind: 'forbidden' })
    }
  })

  it('close the window after a proof of identity at exactly 10 minutes', () => {
    expect(REAUTHENTICATION_WINDOW_MS).toBe(600_000)
    const waited = (ms: number) =>
      refusalOf(() => requireRecentAuthentication(session('ADMIN'), AT + ms))
    expect(waited(0)).toBeNull()
    expect(waited(599_999)).toBeNull()
    expect(waited(600_000)).toMatchObject({ code: 'reauthentication_required' })
    expect(waited(600_001)).toMatchObject({ code: 'reauthentication_required' })
    expect(refusalOf(() => requireRecentAuthentication(token([], 'ADMIN'), AT + 1e12))).toBeNull()
  })
})

describe('who somebody is', () => {
  it('sees the inventory of the organization as an admin or a workload', () => {
    const seers = [session('ADMIN'), token([], 'ADMIN'), token([], 'service-account')]
    const others = [
      session('MEMBER'),
      session('FINANCE'),
      token([], 'MEMBER'),
      token([], 'FINANCE'),
    ]
    expect(seers.map(seesOrganizationInventory)).toEqual([true, true, true])
    expect(others.map(seesOrganizationInventory)).toEqual([false, false, false, false])
  })

  it('is named in the audit trail with the token that carried the request', () => {
    expect(actorOf(session('ADMIN'))).toMatchObject({ type: 'USER', id: 'u', tokenId: null })
    expect(actorOf(token([], 'MEMBER'))).toEqual({
      type: 'TOKEN',
      id: 'u',
      label: 'Ada via ci',
      tokenId: 't',
    })
    expect(actorOf(token([], 'service-account'))).toMatchObject({
      type: 'SERVICE_ACCOUNT',
      id: 'sa',
    })
    expect(personOf(token([], 'service-account'))).toBeNull()
    expect(personOf(token([], 'MEMBER'))).toBe('u')
  })
})
