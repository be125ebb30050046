import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TokenType } from '@/lib/tokens/model'
import { generateSecret, secretShape } from '@/lib/tokens/secret'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const types = fc.constantFrom<TokenType>('USER', 'SERVICE_ACCOUNT')

describe('a generated secret', () => {
  it('has prefix, 43 random characters and a checksum that anyone can compute', () => {
    fc.assert(
      fc.property(types, (type) => {
        const { secret, displayPrefix, last4 } = generateSecret(type)
        const prefix = type === 'USER' ? 'fx_pat_' : 'fx_sat_'
        expect(secret).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{49}$`))
        expect(secretShape(secret)).toBe('current')
        expect(secret.startsWith(displayPrefix)).toBe(true)
        expect(displayPrefix).toHaveLength(prefix.length + 4)
        expect(secret.endsWith(last4)).toBe(true)
      }),
    )
    // Checksums computed by another implementation of CRC-32.
    for (const vector of [
      'fx_pat_00000000000000000000000000000000000000000002eGZdK',
      'fx_sat_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789aBcDeFg4fAEAL',
    ])
      expect(secretShape(vector)).toBe('current')
  })

  it('is malformed after any change of one character', () => {
    // A CRC-32 detects every error within 32 bits, so there is no exception to find.
    const places = fc.nat({ max: 55 })
    const characters = fc.oneof(
      fc.constantFrom(...ALPHABET, '_', '-', ' '),
      fc.string({ size: 'small', maxLength: 1, minLength: 1, unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(types, places, characters, (type, place, character) => {
        const { secret } = generateSecret(type)
        fc.pre(secret[place] !== character)
        const changed = secret.slice(0, place) + character + secret.slice(place + 1)
        expect(secretShape(changed)).toBe('malformed')
      }),
      { numRuns: 3000 },
    )
  })

  it('is malformed when cut, lengthened, swapped or dressed up', () => {
    const { secret } = generateSecret('USER')
    const swapped = secret.replace('fx_pat_', 'fx_sat_')
    const dressed = [` ${secret}`, `${secret} `, `${secret}\n`, `"${secret}"`, secret.toUpperCase()]
    for (const text of [secret.slice(0, -1), `${secret}0`, swapped, '', ...dressed]) {
      expect(secretShape(text)).toBe('malformed')
    }
  })

  it('draws evenly from 62 characters and never twice the same', () => {
    const secrets = Array.from({ length: 1000 }, () => generateSecret('USER').secret)
    expect(new Set(secrets).size).toBe(1000)
    const counts = new Map<string, number>()
    for (const character of secrets.map((secret) => secret.slice(7, 50)).join('')) {
      counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    expect([...counts.keys()].sort().join('')).toBe([...ALPHABET].sort().join(''))
    const expected = 43_000 / 62
    const deviation = [...counts.values()].reduce(
      (sum, n) => sum + (n - expected) ** 2 / expected,
      0,
    )
    // Chi squared, 61 degrees of freedom: above 150 once in a thousand million runs. Taking bytes
    // modulo 62 without rejection gives some 600.
    expect(deviation).toBeLessThan(150)
  })
})

describe('a key of the older system', () => {
  it('is told by its prefix and a sane length', () => {
    for (const key of [
      'fx_live_abcdefgh',
      'fxn_live_ABC-def_123456',
      `fx_live_${'a'.repeat(200)}`,
    ]) {
      expect(secretShape(key)).toBe('legacy')
    }
    const long = `fx_live_${'a'.repeat(201)}`
    for (const key of [
      'fx_live_abc',
      'FX_LIVE_abcdefgh',
      'fx_test_abcdefgh',
      'fx_live_ab cdefgh',
      long,
    ]) {
      expect(secretShape(key)).toBe('malformed')
    }
  })
})
