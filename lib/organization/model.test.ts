import { describe, expect, it } from 'vitest'
import { identityChange, loosens, patchedPolicy, tightens } from '@/lib/organization/model'

const OPEN = { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true }

describe('a change of the token policy', () => {
  it.each([
    ['a first maximum', OPEN, { maxLifetimeDays: 90 }, true],
    ['a lower maximum', { ...OPEN, maxLifetimeDays: 90 }, { maxLifetimeDays: 30 }, true],
    ['a higher maximum', { ...OPEN, maxLifetimeDays: 30 }, { maxLifetimeDays: 90 }, false],
    ['no maximum any more', { ...OPEN, maxLifetimeDays: 30 }, { maxLifetimeDays: null }, false],
    ['a required expiry', OPEN, { expiryRequired: true }, true],
    [
      'an expiry no longer required',
      { ...OPEN, expiryRequired: true },
      { expiryRequired: false },
      false,
    ],
    // It stops new tokens, never one that is accepted now.
    ['minting by API off', OPEN, { bearerMinting: false }, false],
  ])('tightens or not: %s', (_, before, patch, expected) => {
    expect(tightens(before, patchedPolicy(before, patch))).toBe(expected)
  })

  it.each([
    ['a first maximum', OPEN, { maxLifetimeDays: 90 }, false],
    ['a higher maximum', { ...OPEN, maxLifetimeDays: 30 }, { maxLifetimeDays: 90 }, true],
    ['no maximum any more', { ...OPEN, maxLifetimeDays: 30 }, { maxLifetimeDays: null }, true],
    ['minting by API on again', { ...OPEN, bearerMinting: false }, { bearerMinting: true }, true],
    ['a rule named but not changed', OPEN, { bearerMinting: true }, false],
  ])('loosens or not: %s', (_, before, patch, expected) => {
    expect(loosens(before, patchedPolicy(before, patch))).toBe(expected)
  })

  it('keeps the rules that the patch does not name', () => {
    const before = { maxLifetimeDays: 30, expiryRequired: true, bearerMinting: false }
    expect(patchedPolicy(before, { maxLifetimeDays: null })).toEqual({
      ...before,
      maxLifetimeDays: null,
    })
    expect(patchedPolicy(before, {})).toEqual(before)
  })
})

describe('name and website as they were typed', () => {
  const SHOWN = { name: 'Acme', website: 'https://acme.example' }

  it.each([
    ['nothing touched', SHOWN, {}],
    ['a name', { ...SHOWN, name: 'Acme Two' }, { name: 'Acme Two' }],
    [
      'a website without a scheme',
      { ...SHOWN, website: 'acme.test' },
      { website: 'https://acme.test' },
    ],
    ['no website any more', { ...SHOWN, website: '' }, { website: null }],
  ])('%s', (_what, typed, change) => {
    expect(identityChange(SHOWN, typed)).toEqual(change)
  })

  it('leaves out a field that the form did not have', () => {
    const typed = { name: 'Acme Two' } as typeof SHOWN
    expect(identityChange(SHOWN, typed)).toEqual({ name: 'Acme Two' })
  })
})
