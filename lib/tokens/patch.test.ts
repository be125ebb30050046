import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, rotate } from '@/lib/testing/token-fixture'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { DAY_MS } from '@/lib/tokens/model'
import { patchToken } from '@/lib/tokens/patch'
import { getToken } from '@/lib/tokens/queries'
import { revokeToken } from '@/lib/tokens/revoke'
import type { PatchTokenInput } from '@/lib/tokens/schema'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

async function adminWithToken() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  return { organization, admin, token: await mint(admin) }
}

describe('a change of a token', () => {
  it('keeps the secret and what was not named, and is effective at the next call', async () => {
    const { organization, admin, token } = await adminWithToken()
    const renamed = await patchToken(admin, { tokenId: token.id, name: 'renamed' })
    expect(renamed).toEqual({ ...token.summary, name: 'renamed', modifiedAt: renamed.modifiedAt })
    await patchToken(admin, { tokenId: token.id, scopes: ['agents:write', 'agents:read'] })
    const { principal } = await organization.bearer(token.secret)
    expect(principal.kind === 'token' && [...principal.scopes]).toEqual([
      'agents:read',
      'agents:write',
    ])
    const dated = await patchToken(admin, { tokenId: token.id, expirationDays: 3 })
    expect(dated.expiresAt).toBe(admin.now + 3 * DAY_MS)
    const never = await patchToken(admin, { tokenId: token.id, expiresAt: null })
    expect(never.expiresAt).toBeNull()
  })

  it('is audited with before and after, a change of scopes as an event of its own', async () => {
    const { admin, token } = await adminWithToken()
    await patchToken(admin, { tokenId: token.id, name: 'renamed' })
    await patchToken(admin, { tokenId: token.id, scopes: ['agents:read'] })
    const { items } = await listTokenAuditEvents(admin, { tokenId: token.id })
    expect(items.map(({ eventType }) => eventType)).toEqual(['SCOPES_CHANGED', 'UPDATED', 'MINTED'])
    expect(items[0]?.details).toEqual({
      before: { name: 'renamed', scopes: token.summary.scopes, expiresAt: token.summary.expiresAt },
      after: { name: 'renamed', scopes: ['agents:read'], expiresAt: token.summary.expiresAt },
    })
  })

  it('needs something to change, named once', async () => {
    const { admin, token } = await adminWithToken()
    const wrong: PatchTokenInput[] = [
      {},
      { scopes: [] },
      { expirationDays: 1, expiresAt: null },
      { expiresAt: admin.now },
    ]
    for (const input of wrong) {
      await expect(patchToken(admin, { tokenId: token.id, ...input })).rejects.toMatchObject({
        kind: 'invalid',
      })
    }
    expect(await getToken(admin, { tokenId: token.id })).toMatchObject(token.summary)
  })

  it('widens only with a recent proof of identity and within the caller’s own power', async () => {
    const organization = await product.organization()
    const member = await organization.member('MEMBER')
    const token = await mint(member)
    const later = { ...member, now: member.now + REAUTHENTICATION_WINDOW_MS }
    await patchToken(later, { tokenId: token.id, scopes: ['agents:read', 'keys:read'] })
    const wider = { tokenId: token.id, scopes: ['agents:read' as const, 'agents:write' as const] }
    await expect(patchToken(later, wider)).rejects.toMatchObject({
      code: 'reauthentication_required',
    })
    await patchToken(member, wider)
    await expect(
      patchToken(member, { tokenId: token.id, scopes: ['organization:write'] }),
    ).rejects.toMatchObject({ code: 'scope_exceeds_yours' })
  })

  it('never lets a token give itself more or longer', async () => {
    const { organization, token } = await adminWithToken()
    const bearer = await organization.bearer(token.secret)
    await expect(
      patchToken(bearer, { tokenId: token.id, scopes: ['agents:read', 'agents:write'] }),
    ).rejects.toMatchObject({ code: 'scope_exceeds_yours', missingScopes: ['agents:write'] })
    for (const expiry of [{ expirationDays: 91 }, { expiresAt: null }]) {
      await expect(patchToken(bearer, { tokenId: token.id, ...expiry })).rejects.toMatchObject({
        code: 'life_exceeds_yours',
      })
    }
    const { account, token: workload } = await provision(await organization.member('ADMIN'), [
      'keys:read',
      'keys:write',
    ])
    await product.db.pool.query(
      `UPDATE service_accounts SET scopes = '{keys:read}' WHERE id = $1`,
      [account.id],
    )
    await expect(
      patchToken(await organization.member('ADMIN'), {
        tokenId: workload.id,
        scopes: ['keys:read', 'agents:read'],
      }),
    ).rejects.toMatchObject({ kind: 'invalid', errors: [{ pointer: '/scopes' }] })
  })

  it('comes too late for a token that has ended or is in its overlap', async () => {
    const revoked = await adminWithToken()
    await revokeToken(revoked.admin, { tokenId: revoked.token.id })
    const expired = await adminWithToken()
    await letPass(product.db, expired.organization.id, { milliseconds: 90 * DAY_MS })
    const overlapping = await adminWithToken()
    await rotate(overlapping.admin, overlapping.token.id, { graceSeconds: 3600 })
    for (const { admin, token } of [revoked, expired, overlapping]) {
      await expect(
        patchToken(admin, { tokenId: token.id, expirationDays: 300 }),
      ).rejects.toMatchObject({ kind: 'conflict', code: 'token_ended' })
    }
  })

  it('is refused to one of two who started from the same state', async () => {
    const { admin, token } = await adminWithToken()
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name) => patchToken(admin, { tokenId: token.id, name })),
    )
    const { items } = await listTokenAuditEvents(admin, { tokenId: token.id })
    const done = results.filter(({ status }) => status === 'fulfilled').length
    expect(done).toBeGreaterThan(0)
    expect(items.filter(({ eventType }) => eventType === 'UPDATED')).toHaveLength(done)
    // Each change that was made started from the one before: no update was lost.
    const chain = items.slice(0, done).reverse() as { details: Record<string, { name: string }> }[]
    chain.forEach(({ details }, index) => {
      const previous = index === 0 ? 'prod-server' : chain[index - 1]?.details.after?.name
      expect(details.before?.name).toBe(previous)
    })
  })
})
