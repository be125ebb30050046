import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import { expandPreset } from '@/lib/access/presets'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision, verdictOn } from '@/lib/testing/token-fixture'
import { mintToken } from '@/lib/tokens/mint'
import { DAY_MS } from '@/lib/tokens/model'
import { listTokens } from '@/lib/tokens/queries'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

describe('a person who mints', () => {
  it('gets what was asked for, and a secret that nothing stores', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const { summary, secret } = await mint(admin, {
      name: 'ci',
      expirationDays: 30,
      scopes: ['traces:write', 'agents:read', 'agents:read'],
      preset: 'runner',
    })
    expect(summary).toMatchObject({
      name: 'ci',
      type: 'USER',
      scopes: ['agents:read', 'agents:execute', 'traces:write'],
      expiresAt: admin.now + 30 * DAY_MS,
      familyId: summary.id,
      owner: { type: 'user', id: admin.principal.userId },
      createdBy: { id: admin.principal.userId },
      lastUsedAt: null,
    })
    expect(await listTokens(admin)).toEqual([summary])
    expect(JSON.stringify(summary)).not.toContain(secret.slice(11, -4))
    const tables = ['tokens', 'audit.event', 'idempotency_records', 'service_accounts']
    for (const table of tables) {
      const { rows } = await product.db.pool.query<{ text: string | null }>(
        `SELECT string_agg(t::text, '') AS text FROM ${table} t`,
      )
      expect(rows[0]?.text ?? '').not.toContain(secret.slice(11, -4))
    }
  })

  it('may leave out everything but the scopes', async () => {
    const member = await (await product.organization()).member('MEMBER')
    const { summary } = await mintToken(member, { preset: 'runner' })
    expect(summary).toMatchObject({
      name: 'Untitled token',
      expiresAt: null,
      scopes: expandPreset('runner'),
    })
  })

  it('hands on no more than the role can do', async () => {
    const organization = await product.organization()
    const finance = await organization.member('FINANCE')
    const member = await organization.member('MEMBER')
    const beyond = { kind: 'forbidden', code: 'scope_exceeds_yours' }
    await expect(mintToken(finance, { scopes: ['agents:write'] })).rejects.toMatchObject({
      ...beyond,
      missingScopes: ['agents:write'],
    })
    await expect(mintToken(member, { preset: 'admin' })).rejects.toMatchObject(beyond)
    await expect(mintToken(member, { scopes: [] })).rejects.toMatchObject({ kind: 'invalid' })
    expect(await listTokens(member)).toEqual([])
  })

  it('needs a proof of identity less than 10 minutes old', async () => {
    const organization = await product.organization()
    const provedAt = (ago: number) => ({ reauthenticatedAt: Date.now() - ago })
    const fresh = await organization.member('MEMBER', provedAt(REAUTHENTICATION_WINDOW_MS - 30_000))
    const stale = await organization.member('MEMBER', provedAt(REAUTHENTICATION_WINDOW_MS))
    await mint(fresh)
    await expect(mint(stale)).rejects.toMatchObject({ code: 'reauthentication_required' })
  })

  it('stays within the policy of the organization', async () => {
    const strict = await product.organization({ maxLifetimeDays: 90, expiryRequired: true })
    const admin = await strict.member('ADMIN')
    await mint(admin, { expirationDays: 90 })
    for (const expirationDays of [91, null]) {
      await expect(mint(admin, { expirationDays })).rejects.toMatchObject({
        kind: 'invalid',
        errors: [{ pointer: '/expirationDays' }],
      })
    }
  })
})

describe('a program that mints', () => {
  async function parent() {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const token = await mint(admin, { expirationDays: 30 })
    return { organization, admin, bearer: await organization.bearer(token.secret) }
  }

  it('makes a token of its owner within its own scopes and life', async () => {
    const { admin, bearer } = await parent()
    const child = await mint(bearer, { scopes: ['agents:read'], expirationDays: 29 })
    expect(child.summary.owner.id).toBe(admin.principal.userId)
    expect(child.summary.createdBy.label).toMatch(/ via prod-server$/)
    expect(await verdictOn(product.verifier, child.secret)).toBe('accepted')
    await expect(
      mint(bearer, { scopes: ['agents:write'], expirationDays: 1 }),
    ).rejects.toMatchObject({ code: 'scope_exceeds_yours', missingScopes: ['agents:write'] })
    for (const expirationDays of [31, null]) {
      await expect(mint(bearer, { scopes: ['agents:read'], expirationDays })).rejects.toMatchObject(
        {
          code: 'life_exceeds_yours',
        },
      )
    }
  })

  it('cannot with a token that was not given keys:write', async () => {
    const { organization, admin } = await parent()
    const narrow = await mint(admin, { scopes: ['agents:read', 'keys:read'] })
    await expect(mint(await organization.bearer(narrow.secret))).rejects.toMatchObject({
      code: 'insufficient_scope',
      missingScopes: ['keys:write'],
    })
  })

  it('cannot as a service account, whatever its scopes', async () => {
    const { organization, admin } = await parent()
    const { token } = await provision(admin, ['keys:read', 'keys:write'])
    const workload = await organization.bearer(token.secret)
    await expect(mint(workload, { scopes: ['keys:read'] })).rejects.toMatchObject({
      code: 'service_account_cannot_mint',
    })
  })

  it('cannot where the organization switched it off, while people still can', async () => {
    const organization = await product.organization({ bearerMinting: false })
    const admin = await organization.member('ADMIN')
    const bearer = await organization.bearer((await mint(admin)).secret)
    await expect(mint(bearer, { expirationDays: 1 })).rejects.toMatchObject({
      code: 'bearer_minting_disabled',
    })
  })
})
