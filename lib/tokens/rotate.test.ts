import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, rotate, verdictOn } from '@/lib/testing/token-fixture'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { DAY_MS } from '@/lib/tokens/model'
import { patchToken } from '@/lib/tokens/patch'
import { getToken, listTokens } from '@/lib/tokens/queries'
import { revokeToken } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'
import type { MintTokenInput, RotateTokenInput } from '@/lib/tokens/schema'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const verdict = (secret: string) => verdictOn(product.verifier, secret)

async function adminWithToken(traits: MintTokenInput = {}) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  return { organization, admin, token: await mint(admin, traits) }
}

describe('the replacement', () => {
  it('inherits the expiry date, not the length of life', async () => {
    const { organization, admin, token } = await adminWithToken({ expirationDays: 30 })
    await letPass(product.db, organization.id, { milliseconds: 10 * DAY_MS })
    const before = await getToken(admin, { tokenId: token.id })
    const next = await rotate(await organization.refresh(admin), token.id)
    expect(next.summary.expiresAt).toBe(before.expiresAt)
    expect(next.summary.expiresAt).toBe(
      token.summary.expiresAt && token.summary.expiresAt - 10 * DAY_MS,
    )
    expect(next.summary.familyId).toBe(token.id)
  })

  it('takes overrides of name, scopes, preset and expiry', async () => {
    const { admin, token } = await adminWithToken()
    const days = await rotate(admin, token.id, { name: 'new', expirationDays: 7, preset: 'runner' })
    expect(days.summary).toMatchObject({
      name: 'new',
      scopes: ['agents:execute', 'traces:write'],
      expiresAt: admin.now + 7 * DAY_MS,
    })
    const at = admin.now + 3 * DAY_MS + 1
    const dated = await rotate(admin, days.id, { expiresAt: at, scopes: ['keys:read'] })
    expect(dated.summary).toMatchObject({ expiresAt: at, scopes: ['keys:read'], name: 'new' })
    const forever = await rotate(admin, dated.id, { expirationDays: null })
    expect(forever.summary.expiresAt).toBeNull()
    const kept = await rotate(admin, forever.id, { name: null, scopes: [], preset: null })
    expect(kept.summary).toMatchObject({ name: 'new', scopes: ['keys:read'], expiresAt: null })
    const history = await listTokenAuditEvents(admin, { tokenId: token.id })
    expect(history.items.map(({ eventType }) => eventType)).toEqual([
      ...Array.from({ length: 4 }, () => 'ROTATED'),
      'MINTED',
    ])
  })

  it('stays within the policy of today and the power of today', async () => {
    const { organization, admin, token } = await adminWithToken({
      scopes: ['organization:write'],
      expirationDays: null,
    })
    await product.db.pool.query(
      'UPDATE organizations SET token_max_lifetime_days = 30 WHERE id = $1',
      [organization.id],
    )
    const today = await organization.refresh(admin)
    await expect(rotateToken(today, { tokenId: token.id })).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ pointer: '/expirationDays' }],
    })
    const demoted = { ...today, principal: { ...today.principal, role: 'MEMBER' as const } }
    await expect(
      rotateToken(demoted, { tokenId: token.id, expirationDays: 30 }),
    ).rejects.toMatchObject({ code: 'scope_exceeds_yours' })
    expect((await rotate(today, token.id, { expirationDays: 30 })).summary.expiresAt).toBe(
      today.now + 30 * DAY_MS,
    )
  })
})

describe('a rotation is refused', () => {
  it.each<[string, RotateTokenInput]>([
    ['both kinds of expiry', { expirationDays: 1, expiresAt: Date.now() + DAY_MS }],
    ['a date in the past', { expiresAt: 1 }],
  ])('with %s, and changes nothing', async (_title, overrides) => {
    const { admin, token } = await adminWithToken()
    await expect(rotateToken(admin, { tokenId: token.id, ...overrides })).rejects.toMatchObject({
      kind: 'invalid',
    })
    expect(await verdict(token.secret)).toBe('accepted')
    expect(await listTokens(admin)).toEqual([token.summary])
  })

  it('of a token that has ended, by any end', async () => {
    const revoked = await adminWithToken()
    await revokeToken(revoked.admin, { tokenId: revoked.token.id })
    const expired = await adminWithToken({ expirationDays: 1 })
    await letPass(product.db, expired.organization.id, { milliseconds: DAY_MS })
    const rotated = await adminWithToken()
    await rotate(rotated.admin, rotated.token.id)
    const overlapping = await adminWithToken()
    await rotate(overlapping.admin, overlapping.token.id, { graceSeconds: 3600 })
    for (const { admin, token } of [revoked, expired, rotated, overlapping]) {
      await expect(rotateToken(admin, { tokenId: token.id })).rejects.toMatchObject({
        kind: 'conflict',
        code: 'token_ended',
      })
    }
    expect(await verdict(overlapping.token.secret)).toBe('accepted')
  })

  it('without a recent proof of identity', async () => {
    const { admin, token } = await adminWithToken()
    const later = { ...admin, now: admin.now + REAUTHENTICATION_WINDOW_MS }
    await expect(rotateToken(later, { tokenId: token.id })).rejects.toMatchObject({
      code: 'reauthentication_required',
    })
  })

  it('to a bearer that wants more or longer than it has', async () => {
    const { organization, token } = await adminWithToken({ expirationDays: 30 })
    const bearer = await organization.bearer(token.secret)
    const wanted: [RotateTokenInput, string][] = [
      [{ expirationDays: 31 }, 'life_exceeds_yours'],
      [{ expirationDays: null }, 'life_exceeds_yours'],
      [{ scopes: ['agents:write'] }, 'scope_exceeds_yours'],
    ]
    for (const [overrides, code] of wanted) {
      await expect(rotateToken(bearer, { tokenId: token.id, ...overrides })).rejects.toMatchObject({
        code,
      })
    }
    const next = await rotate(bearer, token.id)
    expect(await verdict(token.secret)).toBe('rotated')
    expect(await verdict(next.secret)).toBe('accepted')
  })

  it('beyond the grant of the service account, even to an admin', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const { token } = await provision(admin, ['agents:read'])
    await expect(
      rotateToken(admin, { tokenId: token.id, scopes: ['agents:write'] }),
    ).rejects.toMatchObject({ kind: 'invalid', errors: [{ pointer: '/scopes' }] })
    expect((await rotate(admin, token.id)).secret).toMatch(/^fx_sat_/)
  })
})

describe('a rotation that meets', () => {
  it('a patch is refused, or both hold', async () => {
    for (let round = 0; round < 15; round++) {
      const { admin, token } = await adminWithToken()
      const [rotation, patch] = await Promise.allSettled([
        rotateToken(admin, { tokenId: token.id }),
        patchToken(admin, { tokenId: token.id, name: 'patched', scopes: ['agents:read'] }),
      ])
      for (const result of [rotation, patch]) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'conflict' })
      }
      const live = (await listTokens(admin)).filter(({ state }) => state === 'active')
      expect(live).toHaveLength(1)
      const isPatched = patch.status === 'fulfilled'
      expect(live[0]?.name).toBe(isPatched ? 'patched' : 'prod-server')
      expect(live[0]?.scopes).toEqual(isPatched ? ['agents:read'] : token.summary.scopes)
      const { items } = await listTokenAuditEvents(admin, { tokenId: token.id })
      const successes = [rotation, patch].filter(({ status }) => status === 'fulfilled')
      expect(items).toHaveLength(1 + successes.length)
    }
  })

  it('a break of the database changes nothing', async () => {
    const { organization, admin, token } = await adminWithToken()
    await product.db.pool.query(
      `CREATE FUNCTION break_here() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
       CREATE TRIGGER break_here BEFORE INSERT ON tokens FOR EACH ROW
         WHEN (NEW.family_id = '${token.id}') EXECUTE FUNCTION break_here()`,
    )
    try {
      await expect(rotateToken(admin, { tokenId: token.id })).rejects.toThrow(/terminat/)
    } finally {
      await product.db.pool.query('DROP TRIGGER break_here ON tokens')
    }
    expect(await verdict(token.secret)).toBe('accepted')
    expect(await listTokens(admin)).toEqual([token.summary])
    const next = await rotate(await organization.refresh(admin), token.id)
    expect(await verdict(next.secret)).toBe('accepted')
  })
})
