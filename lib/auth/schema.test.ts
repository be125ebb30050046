import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyPassword } from '@/lib/auth/passwords'
import { safeReturnTo } from '@/lib/auth/return-to'
import { newPasswordSchema } from '@/lib/auth/schema'
import { emailSchema } from '@/lib/email/schema'
import { proposeSlug } from '@/lib/organization/model'
import { slugSchema } from '@/lib/organization/slug'

describe('a new password', () => {
  it.each([
    ['eleven chars', true],
    ['short', false],
    ['x'.repeat(72), true],
    ['x'.repeat(73), false],
    ['é'.repeat(36), true],
    ['é'.repeat(37), false],
    ['🔑'.repeat(11), false],
  ])('%s: %s', (password, accepted) => {
    expect(newPasswordSchema.safeParse(password).success).toBe(accepted)
  })

  it('says why 72 bytes is the end', () => {
    const result = newPasswordSchema.safeParse('x'.repeat(73))
    expect(result.error?.issues[0]?.message).toContain('72 bytes')
  })
})

it('never accepts a password of which bcrypt would read only a part', async () => {
  const bcrypt = (await import('bcryptjs')).default
  const hash = await bcrypt.hash('x'.repeat(72), 4)
  expect(await verifyPassword('x'.repeat(72), hash)).toBe(true)
  expect(await verifyPassword('x'.repeat(80), hash)).toBe(false)
})

it('takes e-mail addresses in any case and refuses what is none', () => {
  expect(emailSchema.parse('  Ada@Example.COM ')).toBe('ada@example.com')
  for (const text of [
    '',
    'ada',
    'ada@',
    '@example.com',
    'a b@example.com',
    'a\u0000@example.com',
  ]) {
    expect(emailSchema.safeParse(text).success).toBe(false)
  }
})

describe('the place to return to', () => {
  it.each([
    ['/acme/settings/audit-log?actor=1#x', '/acme/settings/audit-log?actor=1#x'],
    ['/', '/'],
    [null, '/'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/\t/evil.example/', '/'],
    ['/./\\evil.example', '/'],
    ['/..//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?returnTo=/sign-in', '/'],
    ['/api/auth/signout', '/'],
  ])('%j becomes %j', (value, expected) => {
    expect(safeReturnTo(value)).toBe(expected)
  })

  it('is on this site whatever is asked', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (value) => {
        for (const text of [value, `/${value}`, `/\\${value}`]) {
          const target = new URL(safeReturnTo(text), 'https://settings.example')
          expect(target.origin).toBe('https://settings.example')
        }
      }),
    )
  })
})

describe('organization addresses', () => {
  it('keeps the product’s own paths', () => {
    for (const slug of ['v1', 'api', 'docs', 'sign-in', 'setup', 'healthz', 'readyz', 'metrics']) {
      expect(slugSchema.safeParse(slug).success).toBe(false)
    }
  })
  it.each(['acme', 'acme-robotics', '42', 'a1'])('accepts %s', (slug) => {
    expect(slugSchema.safeParse(slug).success).toBe(true)
  })
  it.each(['a', 'Acme', '-acme', 'acme-', 'ac--me', 'ac me', 'acme.', '_next', 'x'.repeat(49)])(
    'refuses %s',
    (slug) => {
      expect(slugSchema.safeParse(slug).success).toBe(false)
    },
  )
  it('proposes only what it would accept, or too little', () => {
    expect(proposeSlug('Åkers & Söner AB')).toBe('akers-soner-ab')
    fc.assert(
      fc.property(fc.string(), (name) => {
        const slug = proposeSlug(name)
        if (slug.length >= 2) expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
        expect(slug.length).toBeLessThanOrEqual(48)
      }),
    )
  })
})
