import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { ALL_SCOPES } from '@/lib/access/scopes'
import {
  importTokensSchema,
  mintTokenSchema,
  patchTokenSchema,
  rotateTokenSchema,
} from '@/lib/tokens/schema'

const paths = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('/'))
}

describe('the body of a mint', () => {
  it('may be empty or full', () => {
    expect(mintTokenSchema.parse({})).toEqual({})
    const full = { name: ' ci ', expirationDays: 90, scopes: ['keys:read'], preset: 'runner' }
    expect(mintTokenSchema.parse(full)).toEqual({ ...full, name: 'ci' })
    const nothing = { name: null, expirationDays: null, scopes: null, preset: null }
    expect(mintTokenSchema.parse(nothing)).toEqual(nothing)
  })

  it('is closed: nobody chooses an owner, an id, a type or a digest', () => {
    const foreign = ['userId', 'ownerId', 'tenantId', 'organizationId', 'type', 'hash', 'id']
    for (const field of [...foreign, 'digest', 'createdBy', 'revokedAt', '__proto__x']) {
      const parsed = mintTokenSchema.safeParse({ scopes: ['agents:read'], [field]: 'x' })
      expect(parsed.success).toBe(false)
      expect(parsed.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: [field] })
    }
  })

  it('takes whole days from 1 on, as a number', () => {
    for (const days of ['90', 1.5, 0, -1, 1e9, Number.NaN, Number.POSITIVE_INFINITY, true, [90]]) {
      expect(paths(mintTokenSchema, { expirationDays: days })).toEqual(['expirationDays'])
    }
  })

  it('takes scopes as a list of exact names, and names the wrong one', () => {
    for (const scopes of ['agents:read', { 0: 'agents:read' }, 7]) {
      expect(paths(mintTokenSchema, { scopes })).toEqual(['scopes'])
    }
    for (const scope of [
      'Agents:read',
      ' agents:read',
      'agents:fly',
      '*',
      'agents:*',
      'members:read',
    ]) {
      const parsed = mintTokenSchema.safeParse({ scopes: ['keys:read', scope] })
      expect(parsed.error?.issues[0]?.path).toEqual(['scopes', 1])
      expect(parsed.error?.issues[0]?.message).toContain(JSON.stringify(scope))
    }
    expect(paths(mintTokenSchema, { scopes: [null] })).toEqual(['scopes/0'])
    expect(paths(mintTokenSchema, { scopes: ALL_SCOPES })).toEqual([])
  })

  it('refuses ten thousand scopes without a long look', () => {
    const scopes = Array.from({ length: 10_000 }, () => 'agents:read')
    expect(paths(mintTokenSchema, { scopes })).toEqual(['scopes'])
  })

  it('takes no name that could pass for another in a list', () => {
    const invisible = [
      '\u202Egpj.exe',
      'prod\u200Bserver',
      'a\u0000b',
      'a\nb',
      'a\uFEFFb',
      'a\u2066b',
    ]
    for (const name of ['', '   ', 'x'.repeat(81), ...invisible, 7, {}]) {
      expect(paths(mintTokenSchema, { name })).toEqual(['name'])
    }
    for (const name of ['x'.repeat(80), 'Zürich 🚀 деплой', "O'Neil; DROP TABLE--", '=1+1']) {
      expect(paths(mintTokenSchema, { name })).toEqual([])
    }
  })

  it('takes no half of a surrogate pair, which no database text can hold', () => {
    for (const name of ['\uD83D', 'x\uDE80', '\uDE80\uD83D']) {
      expect(paths(mintTokenSchema, { name })).toEqual(['name'])
    }
  })
})

describe('the bodies of rotate, patch and import', () => {
  it('know "keep" from "never": absent is not null', () => {
    expect(rotateTokenSchema.parse({})).toEqual({})
    expect(rotateTokenSchema.parse({ expirationDays: null })).toEqual({ expirationDays: null })
    expect(patchTokenSchema.parse({ expiresAt: null })).toEqual({ expiresAt: null })
    const century = Date.now() + 36_500 * 86_400_000
    expect(patchTokenSchema.safeParse({ expiresAt: century }).success).toBe(true)
    // Later than any date there is, and so far that every look at the token would fail.
    for (const expiresAt of [Number.MAX_SAFE_INTEGER, 8.64e15 + 1, century + 86_400_000]) {
      expect(paths(patchTokenSchema, { expiresAt })).toEqual(['expiresAt'])
    }
  })

  it('limit the overlap to whole seconds of at most 7 days', () => {
    for (const graceSeconds of [-1, 0.5, 604_801, '60', null]) {
      expect(paths(rotateTokenSchema, { graceSeconds })).toEqual(['graceSeconds'])
    }
    expect(paths(rotateTokenSchema, { graceSeconds: 604_800 })).toEqual([])
  })

  it('import a digest, never a key', () => {
    const key = {
      name: 'old',
      sha256: 'a'.repeat(64),
      keyPrefix: 'fx_live_abc',
      last4: 'wxyz',
      scopes: ['agents:read'],
    }
    expect(importTokensSchema.safeParse({ tokens: [key] }).success).toBe(true)
    const wrong = [
      { sha256: 'A'.repeat(64) },
      { sha256: 'a'.repeat(63) },
      { keyPrefix: 'fx_pat_abc' },
      { keyPrefix: 'fx_live_abcdefghijkl' },
      { last4: 'abcde' },
      { scopes: [] },
      { key: 'fx_live_secret' },
    ]
    for (const change of wrong) {
      expect(importTokensSchema.safeParse({ tokens: [{ ...key, ...change }] }).success).toBe(false)
    }
    expect(importTokensSchema.safeParse({ tokens: [] }).success).toBe(false)
  })
})
