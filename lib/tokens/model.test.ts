import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALL_SCOPES } from '@/lib/access/scopes'
import {
  DAY_MS,
  EXPIRING_SOON_MS,
  effectiveExpiry,
  effectiveScopes,
  expiryFromDays,
  isUsable,
  type LifeFacts,
  type TokenState,
  tokenState,
} from '@/lib/tokens/model'

const AT = Date.UTC(2026, 10, 21)
const open = { maxLifetimeDays: null, expiryRequired: false }

function life(facts: Partial<LifeFacts> = {}): LifeFacts {
  return {
    createdAt: AT,
    expiresAt: null,
    revokedAt: null,
    endReason: null,
    endedBy: null,
    rotatedAt: null,
    ownerSuspended: false,
    ...facts,
  }
}

const days = fc.integer({ min: 1, max: 36_500 })
const moment = fc.integer({ min: AT - 1000 * DAY_MS, max: AT + 1000 * DAY_MS })
const orNever = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const anyPolicy = fc.record({ maxLifetimeDays: orNever(days), expiryRequired: fc.boolean() })
const anyLife = fc
  .record({
    expiresAt: orNever(moment),
    revokedAt: orNever(moment),
    rotated: fc.boolean(),
    ownerSuspended: fc.boolean(),
  })
  .map(({ rotated, ...facts }) =>
    life({ ...facts, rotatedAt: rotated ? AT : null, endReason: rotated ? 'ROTATED' : null }),
  )

describe('expiry', () => {
  it('lets the last millisecond pass and is dead at the moment itself', () => {
    fc.assert(
      fc.property(anyLife, anyPolicy, (facts, policy) => {
        const unrevoked = { ...facts, revokedAt: null, ownerSuspended: false }
        const end = effectiveExpiry(unrevoked, policy)
        fc.pre(end !== null && !(policy.expiryRequired && facts.expiresAt === null))
        if (end === null) return
        expect(isUsable(tokenState(unrevoked, policy, end - 1).state)).toBe(true)
        expect(tokenState(unrevoked, policy, end).state).toBe('expired')
      }),
    )
  })

  it('is the earlier of its own date and the policy’s', () => {
    fc.assert(
      fc.property(anyLife, anyPolicy, (facts, policy) => {
        const end = effectiveExpiry(facts, policy)
        const limits = [
          facts.expiresAt,
          policy.maxLifetimeDays === null ? null : AT + policy.maxLifetimeDays * DAY_MS,
        ].filter((limit) => limit !== null)
        expect(end).toBe(limits.length === 0 ? null : Math.min(...limits))
      }),
    )
  })

  it('bites at once when the policy is lowered, and the reason says so', () => {
    const token = life({ expiresAt: AT + 365 * DAY_MS })
    const now = AT + 100 * DAY_MS
    expect(tokenState(token, open, now).state).toBe('active')
    expect(tokenState(token, { ...open, maxLifetimeDays: 90 }, now)).toEqual({
      state: 'expired',
      reason: 'Older than the organization’s maximum life.',
    })
    expect(tokenState(token, open, AT + 365 * DAY_MS).reason).toBe('Reached its expiry date.')
    expect(tokenState(life(), { ...open, expiryRequired: true }, now).state).toBe('blocked')
  })

  it('never usable longer under a stricter policy', () => {
    fc.assert(
      fc.property(anyLife, days, days, moment, (facts, a, b, now) => {
        const strict = { maxLifetimeDays: Math.min(a, b), expiryRequired: true }
        const loose = { maxLifetimeDays: Math.max(a, b), expiryRequired: false }
        if (isUsable(tokenState(facts, strict, now).state)) {
          expect(isUsable(tokenState(facts, loose, now).state)).toBe(true)
        }
      }),
    )
  })

  it('of days is exactly that many times 24 hours, over daylight saving and leap days', () => {
    const starts = ['2026-03-28T12:00:00Z', '2026-10-24T23:30:00Z', '2028-02-28T23:59:59.999Z']
    for (const start of [...starts, '2028-02-29T00:00:00Z', '2027-12-31T23:59:59Z']) {
      for (const count of [1, 2, 90, 365, 366, 36_500]) {
        const end = expiryFromDays(Date.parse(start), count)
        expect(end - Date.parse(start)).toBe(count * 86_400_000)
        expect(new Date(end).toISOString().slice(11)).toBe(new Date(start).toISOString().slice(11))
      }
    }
    expect(new Date(expiryFromDays(Date.parse('2028-02-28T10:00:00Z'), 1)).toISOString()).toBe(
      '2028-02-29T10:00:00.000Z',
    )
  })
})

describe('the state in time', () => {
  /** How far along its life a token is: never back. */
  const stage = (state: TokenState): number => {
    if (['active', 'expiring', 'overlap', 'suspended', 'blocked'].includes(state)) return 0
    return state === 'expired' ? 1 : 2
  }

  it('only ever moves on', () => {
    fc.assert(
      fc.property(anyLife, anyPolicy, moment, moment, (facts, policy, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        const before = tokenState(facts, policy, early).state
        const after = tokenState(facts, policy, late).state
        expect(stage(after)).toBeGreaterThanOrEqual(stage(before))
        if (!isUsable(before) && !['suspended', 'blocked'].includes(before)) {
          expect(isUsable(after)).toBe(false)
        }
      }),
    )
  })

  it('is refused from its revocation on, whatever else holds', () => {
    fc.assert(
      fc.property(anyLife, anyPolicy, moment, (facts, policy, now) => {
        fc.pre(facts.revokedAt !== null && facts.revokedAt <= now)
        expect(isUsable(tokenState(facts, policy, now).state)).toBe(false)
      }),
    )
  })

  it('names overlap, suspension and the last 7 days', () => {
    const ending = life({ expiresAt: AT + EXPIRING_SOON_MS })
    expect(tokenState(ending, open, AT).state).toBe('expiring')
    expect(tokenState(ending, open, AT - 1).state).toBe('active')
    const rotated = life({ rotatedAt: AT, revokedAt: AT + 1000, endReason: 'ROTATED' })
    expect(tokenState(rotated, open, AT + 999).state).toBe('overlap')
    expect(tokenState(rotated, open, AT + 1000).state).toBe('rotated')
    expect(tokenState(life({ ownerSuspended: true }), open, AT).state).toBe('suspended')
    const ended = life({ revokedAt: AT, endReason: 'REVOKED', endedBy: 'Ada' })
    expect(tokenState(ended, open, AT)).toEqual({ state: 'revoked', reason: 'Revoked by Ada.' })
  })
})

describe('effective scopes', () => {
  it('are what was granted and the owner still has, in catalogue order', () => {
    const some = fc.subarray([...ALL_SCOPES])
    fc.assert(
      fc.property(some, some, (granted, owned) => {
        expect(effectiveScopes([...granted].reverse(), owned)).toEqual(
          ALL_SCOPES.filter((scope) => granted.includes(scope) && owned.includes(scope)),
        )
      }),
    )
  })
})
