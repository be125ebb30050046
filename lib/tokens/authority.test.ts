import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Principal, TokenPrincipal } from '@/lib/access/principal'
import { ROLE_FACTS, ROLES } from '@/lib/access/roles'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'
import {
  requestedScopes,
  requireWithinCeiling,
  requireWithinOwnLife,
  requireWithinPolicy,
} from '@/lib/tokens/authority'
import { DAY_MS } from '@/lib/tokens/model'

const NOW = Date.UTC(2028, 1, 29, 12)

function token(scopes: readonly Scope[], expiresAt: number | null): TokenPrincipal {
  return {
    kind: 'token',
    tokenId: 't',
    familyId: 't',
    tokenName: 'ci',
    displayPrefix: 'fx_pat_0000',
    granted: ALL_SCOPES,
    scopes: new Set(scopes),
    expiresAt,
    owner: { type: 'user', userId: 'u', displayName: 'Ada', email: 'a@b.test', role: 'ADMIN' },
  }
}

function session(role: (typeof ROLES)[number]): Principal {
  const names = { userId: 'u', sessionId: 's', displayName: 'Ada', email: 'ada@example.test' }
  return { kind: 'user', ...names, role, reauthenticatedAt: NOW }
}

const some = fc.subarray([...ALL_SCOPES])

describe('the scopes asked for', () => {
  it('are list and preset together, each once, in catalogue order', () => {
    expect(requestedScopes({ scopes: ['traces:write', 'agents:read'], preset: 'runner' })).toEqual([
      'agents:read',
      'agents:execute',
      'traces:write',
    ])
    expect(requestedScopes({ scopes: null, preset: 'admin' })).toEqual(ALL_SCOPES)
  })

  it('are never "all" because none were named', () => {
    for (const input of [{}, { scopes: [] }, { scopes: null }, { scopes: [], preset: null }]) {
      expect(() => requestedScopes(input)).toThrow(/at least one scope/)
    }
  })
})

describe('handing on', () => {
  it('is limited to what the caller can do itself, and names what is beyond', () => {
    fc.assert(
      fc.property(some, some, (held, wanted) => {
        const beyond = wanted.filter((scope) => !held.includes(scope))
        const attempt = () => requireWithinCeiling(token(held, null), wanted)
        if (beyond.length === 0) return attempt()
        expect(attempt).toThrow(
          expect.objectContaining({
            kind: 'forbidden',
            code: 'scope_exceeds_yours',
            missingScopes: beyond,
          }),
        )
      }),
    )
    for (const role of ROLES) {
      const own = ROLE_FACTS[role].scopes
      requireWithinCeiling(session(role), own)
      for (const scope of ALL_SCOPES.filter((candidate) => !own.includes(candidate))) {
        expect(() => requireWithinCeiling(session(role), [scope])).toThrow(/cannot hand on/)
      }
    }
  })

  it('never outlives the token that does it', () => {
    const parent = token([], NOW + DAY_MS)
    requireWithinOwnLife(parent, NOW + DAY_MS)
    for (const expiresAt of [NOW + DAY_MS + 1, null]) {
      expect(() => requireWithinOwnLife(parent, expiresAt)).toThrow(
        expect.objectContaining({ code: 'life_exceeds_yours' }),
      )
    }
    requireWithinOwnLife(token([], null), null)
    requireWithinOwnLife(session('MEMBER'), null)
  })
})

describe('the policy of the organization', () => {
  const open = { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true }
  const attempt =
    (expiresAt: number | null, policy: Partial<typeof open | { maxLifetimeDays: number }>) => () =>
      requireWithinPolicy(expiresAt, NOW, { ...open, ...policy }, '/expiresAt')

  it('allows up to its maximum to the millisecond', () => {
    attempt(NOW + 90 * DAY_MS, { maxLifetimeDays: 90 })()
    expect(attempt(NOW + 90 * DAY_MS + 1, { maxLifetimeDays: 90 })).toThrow(/at most 90 days/)
  })

  it('wants a date where it requires one or limits life', () => {
    attempt(null, {})()
    expect(attempt(null, { expiryRequired: true })).toThrow(/requires an expiry date\./)
    expect(attempt(null, { maxLifetimeDays: 30 })).toThrow(/date of at most 30 days/)
    expect(attempt(null, { maxLifetimeDays: 30 })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/expiresAt' })] }),
    )
  })

  it('refuses a date that is not in the future', () => {
    attempt(NOW + 1, {})()
    expect(attempt(NOW, {})).toThrow(/in the future/)
    expect(attempt(NOW - 1, {})).toThrow(/in the future/)
  })
})
