import { describe, expect, it } from 'vitest'
import { changedPowers, powerOfTokens } from '@/components/service-accounts/grant-effects'
import type { Scope } from '@/lib/access/scopes'
import type { TokenState, TokenSummary } from '@/lib/tokens/model'

function token(name: string, scopes: Scope[], state: TokenState = 'active'): TokenSummary {
  return {
    id: name,
    familyId: name,
    name,
    type: 'SERVICE_ACCOUNT',
    format: 'FX1',
    displayPrefix: 'fx_sat_abcd',
    last4: 'wxyz',
    scopes,
    owner: { type: 'service-account', id: 'account', label: 'account' },
    createdBy: { id: null, label: 'Ada' },
    createdAt: 0,
    modifiedAt: 0,
    expiresAt: null,
    effectiveExpiresAt: null,
    revokedAt: null,
    endReason: null,
    endedBy: null,
    rotatedAt: null,
    replacedById: null,
    lastUsedAt: null,
    lastUsedIp: null,
    state,
    stateReason: '',
  }
}

describe('what a grant does to the account’s tokens', () => {
  it('withholds what the token has and the account has not', () => {
    const [power] = powerOfTokens(
      [token('a', ['agents:read', 'agents:execute'])],
      ['agents:read', 'traces:write'],
    )
    expect(power).toMatchObject({ effective: ['agents:read'], withheld: ['agents:execute'] })
  })

  it('names only live tokens whose power changes', () => {
    const tokens = [
      token('loses', ['agents:read', 'agents:execute']),
      token('gains', ['traces:write']),
      token('same', ['agents:read']),
      token('paused', ['agents:execute'], 'suspended'),
      token('dead', ['agents:execute'], 'revoked'),
    ]
    const changes = changedPowers(
      tokens,
      ['agents:read', 'agents:execute'],
      ['agents:read', 'traces:write'],
    )
    expect(changes.map(({ token: { name }, gains, loses }) => ({ name, gains, loses }))).toEqual([
      { name: 'loses', gains: [], loses: ['agents:execute'] },
      { name: 'gains', gains: ['traces:write'], loses: [] },
      { name: 'paused', gains: [], loses: ['agents:execute'] },
    ])
  })
})
