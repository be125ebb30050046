import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision, rotate, verdictOn } from '@/lib/testing/token-fixture'
import { importTokens } from '@/lib/tokens/import'
import { listTokens } from '@/lib/tokens/queries'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const verdict = (secret: string) => verdictOn(product.verifier, secret)

function legacyKey(
  traits: { scopes?: Scope[]; expiresAt?: number; serviceAccountId?: string } = {},
) {
  const secret = `fx_live_${randomBytes(24).toString('hex')}`
  const row = {
    name: 'old key',
    sha256: createHash('sha256').update(secret).digest('hex'),
    keyPrefix: secret.slice(0, 12),
    last4: secret.slice(-4),
    scopes: ['agents:read'] satisfies Scope[] as Scope[],
    ...traits,
  }
  return { secret, row }
}

async function adminOf() {
  const organization = await product.organization()
  return { organization, admin: await organization.member('ADMIN') }
}

describe('an imported key', () => {
  it('works as a bearer token until it is rotated into a new one', async () => {
    const { organization, admin } = await adminOf()
    const { secret, row } = legacyKey({ scopes: ['keys:write', 'keys:read', 'keys:read'] })
    expect(await verdict(secret)).toBe('unknown')
    const { imported } = await importTokens(admin, { tokens: [row] })
    expect(imported).toMatchObject([
      { name: 'old key', format: 'LEGACY', scopes: ['keys:read', 'keys:write'], state: 'active' },
    ])
    expect(await verdict(secret)).toBe('accepted')
    const id = imported[0]?.id ?? ''
    const next = await rotate(await organization.bearer(secret), id)
    expect(next.secret).toMatch(/^fx_pat_/)
    expect(next.summary).toMatchObject({ familyId: id, format: 'FX1' })
    expect(await verdict(secret)).toBe('rotated')
  })

  it('is not unlocked by its SHA-256, which others may know', async () => {
    const { admin } = await adminOf()
    const { secret, row } = legacyKey()
    await importTokens(admin, { tokens: [row] })
    expect(await verdict(`fx_live_${row.sha256}`)).toBe('unknown')
    expect(await verdict(row.sha256)).toBe('malformed')
    const { rows } = await product.db.pool.query('SELECT t::text AS text FROM tokens t')
    const dump = rows.map(({ text }) => text).join()
    expect(dump).not.toContain(row.sha256)
    expect(dump).not.toContain(secret)
  })

  it('may belong to a service account, within its grant', async () => {
    const { admin } = await adminOf()
    const { account } = await provision(admin, ['agents:read'])
    const within = legacyKey({ serviceAccountId: account.id })
    const { imported } = await importTokens(admin, { tokens: [within.row] })
    expect(imported[0]?.owner).toEqual({
      type: 'service-account',
      id: account.id,
      label: 'deploy-bot',
    })
    const beyond = legacyKey({ serviceAccountId: account.id, scopes: ['agents:write'] })
    const nobody = legacyKey({ serviceAccountId: newId() })
    for (const [{ row }, field] of [
      [beyond, 'scopes'],
      [nobody, 'serviceAccountId'],
    ] as const) {
      await expect(importTokens(admin, { tokens: [row] })).rejects.toMatchObject({
        errors: [{ pointer: `/tokens/0/${field}` }],
      })
    }
  })

  it('may belong to no service account of another organization', async () => {
    const { account } = await provision((await adminOf()).admin)
    const { admin } = await adminOf()
    const { row } = legacyKey({ serviceAccountId: account.id })
    await expect(importTokens(admin, { tokens: [row] })).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('an import', () => {
  it('is all or nothing, and names the key that stops it', async () => {
    const { admin } = await adminOf()
    const held = legacyKey()
    await importTokens(admin, { tokens: [held.row] })
    const before = await listTokens(admin)
    const fresh = legacyKey()
    await expect(importTokens(admin, { tokens: [fresh.row, held.row] })).rejects.toMatchObject({
      code: 'token_exists',
      errors: [{ pointer: '/tokens/1/sha256' }],
    })
    const past = legacyKey({ expiresAt: admin.now })
    await expect(importTokens(admin, { tokens: [fresh.row, past.row] })).rejects.toMatchObject({
      errors: [{ pointer: '/tokens/1/expiresAt' }],
    })
    expect(await listTokens(admin)).toEqual(before)
    expect(await verdict(fresh.secret)).toBe('unknown')
  })

  it('takes no key twice, in one organization or two, nor twice in one call', async () => {
    const [one, other] = [await adminOf(), await adminOf()]
    const { secret, row } = legacyKey()
    await importTokens(one.admin, { tokens: [row] })
    for (const tokens of [[row], [legacyKey().row, row]]) {
      await expect(importTokens(other.admin, { tokens })).rejects.toMatchObject({
        code: 'token_exists',
      })
    }
    const twin = legacyKey().row
    await expect(importTokens(other.admin, { tokens: [twin, twin] })).rejects.toMatchObject({
      errors: [{ pointer: '/tokens/1/sha256' }],
    })
    const { organization } = await one.organization.bearer(secret)
    expect(organization.id).toBe(one.organization.id)
  })

  it('by bearer keeps within the bearer’s scopes and life', async () => {
    const { organization, admin } = await adminOf()
    const bearer = await organization.bearer((await mint(admin, { expirationDays: 30 })).secret)
    const expiresAt = admin.now + 1000 * 60 * 60
    const wider = legacyKey({ scopes: ['agents:write'], expiresAt })
    await expect(importTokens(bearer, { tokens: [wider.row] })).rejects.toMatchObject({
      code: 'scope_exceeds_yours',
    })
    await expect(importTokens(bearer, { tokens: [legacyKey().row] })).rejects.toMatchObject({
      code: 'life_exceeds_yours',
    })
    await importTokens(bearer, { tokens: [legacyKey({ expiresAt }).row] })
  })
})
