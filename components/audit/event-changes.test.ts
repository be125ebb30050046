import { describe, expect, it } from 'vitest'
import { eventChanges } from '@/components/audit/event-changes'

describe('what an event says it changed', () => {
  it('reads before and after of a whole, and leaves out what stayed', () => {
    const changes = eventChanges({
      replaces: 'old-id',
      graceSeconds: 86_400,
      before: { name: 'a', scopes: ['agents:read'], expiresAt: null },
      after: { name: 'a', scopes: ['agents:read', 'agents:write'], expiresAt: 0 },
    })
    expect(changes.scopes).toEqual({
      kind: 'changed',
      before: ['agents:read'],
      after: ['agents:read', 'agents:write'],
    })
    expect(changes.facts).toEqual([
      { term: 'Replaces token', text: 'old-id' },
      { term: 'Overlap', text: '1 day' },
      { term: 'Expiry', text: 'none → 1 Jan 1970, 00:00:00 UTC' },
    ])
  })

  it('tells given scopes from changed ones', () => {
    expect(eventChanges({ scopes: ['agents:execute'] }).scopes).toEqual({
      kind: 'given',
      scopes: ['agents:execute'],
    })
  })

  it('shows a policy change rule by rule', () => {
    const { facts } = eventChanges({
      before: { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true },
      after: { maxLifetimeDays: 90, expiryRequired: true, bearerMinting: true },
    })
    expect(facts).toEqual([
      { term: 'Maximum life', text: 'none → 90 days' },
      { term: 'Expiry required', text: 'no → yes' },
    ])
  })

  it('says in words how somebody signed in', () => {
    expect(eventChanges({ method: 'PASSWORD', secondFactor: 'app' }).facts).toEqual([
      { term: 'Method', text: 'Password' },
      { term: 'Second factor', text: 'Authenticator app' },
    ])
  })

  it('shows kinds of detail that it does not know', () => {
    expect(eventChanges({ someNewFact: { deep: 1 } }).facts).toEqual([
      { term: 'Some new fact', text: '{"deep":1}' },
    ])
  })
})
