import { describe, expect, it } from 'vitest'
import {
  NO_FILTERS,
  readTokenFilters,
  rowPredicate,
  tokenFilterParams,
  withoutSecret,
} from '@/components/tokens/list/token-filters'
import type { ScopeSet, TokenRow } from '@/components/tokens/list/token-rows'

const RUNNER: ScopeSet = { bits: 1, scopes: ['agents:execute', 'traces:write'], preset: 'runner' }
const READER: ScopeSet = { bits: 2, scopes: ['agents:read'], preset: null }

function row(facts: Partial<TokenRow>): TokenRow {
  return {
    id: 'token',
    name: 'prod-server',
    displayPrefix: 'fx_pat_Ab12',
    last4: 'wXyZ',
    legacy: false,
    ownerId: 'ada',
    ownerLabel: 'Ada Lovelace',
    createdBy: 'Ada Lovelace',
    createdAt: 0,
    expiresAt: null,
    lastUsedAt: null,
    lastUsedIp: null,
    state: 'active',
    stateReason: 'Accepted.',
    scopeSet: RUNNER,
    haystack: 'prod-server\nfx_pat_ab12…wxyz\nada lovelace',
    ...facts,
  }
}

const matches = (filters: Partial<typeof NO_FILTERS>, facts: Partial<TokenRow> = {}): boolean =>
  rowPredicate({ ...NO_FILTERS, ...filters }, 'ada', [RUNNER, READER])(row(facts))

describe('rowPredicate', () => {
  it('shows one’s own tokens that have not ended', () => {
    expect(matches({})).toBe(true)
    expect(matches({}, { ownerId: 'bob' })).toBe(false)
    expect(matches({ view: 'everyone' }, { ownerId: 'bob' })).toBe(true)
    expect(matches({}, { state: 'rotated' })).toBe(false)
    expect(matches({ ended: true }, { state: 'rotated' })).toBe(true)
    expect(matches({ states: ['rotated'] }, { state: 'rotated' })).toBe(true)
  })

  it('wants every word of the search, in name, prefix, last four or owner', () => {
    expect(matches({ query: 'PROD ada' })).toBe(true)
    expect(matches({ query: 'prod bob' })).toBe(false)
    expect(matches({ query: 'fx_pat_Ab12…wXyZ' })).toBe(true)
  })

  it('keeps tokens that hold any of the scopes', () => {
    expect(matches({ scopes: ['agents:execute', 'mcp:invoke'] })).toBe(true)
    expect(matches({ scopes: ['agents:execute'] }, { scopeSet: READER })).toBe(false)
  })
})

describe('the address', () => {
  it('gives back the filters that were put into it', () => {
    const filters = {
      query: 'ci',
      view: 'everyone' as const,
      states: ['active' as const, 'expiring' as const],
      scopes: ['agents:execute' as const],
      owners: ['ada'],
      ended: true,
      sort: { id: 'created' as const, desc: true },
    }
    expect(readTokenFilters(tokenFilterParams(filters))).toEqual(filters)
    expect(readTokenFilters({ sort: '-nonsense', state: 'x', scope: 'y' })).toEqual(NO_FILTERS)
  })

  it('never holds a whole secret', () => {
    const secret = `fx_pat_Ab12${'x'.repeat(41)}wXyZ`
    expect(withoutSecret(`who has ${secret}?`)).toBe('who has fx_pat_Ab12…wXyZ?')
    expect(withoutSecret('fx_live_0123456789abcdef')).toBe('…cdef')
    expect(withoutSecret('fx_pat_Ab12')).toBe('fx_pat_Ab12')
    expect(matches({ query: withoutSecret(secret) })).toBe(true)
  })
})
