import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '@/lib/audit/verify'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { mintToken } from '@/lib/tokens/mint'
import { patchToken } from '@/lib/tokens/patch'
import { getToken, listTokens } from '@/lib/tokens/queries'
import { revokeToken } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

async function minted(
  scopes: Parameters<typeof mintToken>[1]['scopes'] = ['agents:read', 'keys:read', 'keys:write'],
) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const made = await mintToken(admin, { name: 'prod-server', scopes, expirationDays: 90 })
  if (!made.token) throw new Error('no secret')
  return { organization, admin, secret: made.token, summary: made.summary }
}

describe('a token from mint to revoke', () => {
  it('is accepted with exactly its scopes, then refused on the call after its revocation', async () => {
    const { admin, secret, summary } = await minted()
    const accepted = await product.verifier.verify(secret)
    expect(accepted.outcome).toBe('accepted')
    if (accepted.outcome !== 'accepted') return
    expect([...accepted.principal.scopes]).toEqual(['agents:read', 'keys:read', 'keys:write'])
    await revokeToken(admin, { tokenId: summary.id })
    expect(await product.verifier.verify(secret)).toMatchObject({
      outcome: 'refused',
      code: 'revoked',
    })
  })

  it('rotates: the replacement inherits all, the old secret is dead, history spans the family', async () => {
    const { admin, secret, summary } = await minted()
    const next = await rotateToken(admin, { tokenId: summary.id })
    expect(next.summary).toMatchObject({
      name: 'prod-server',
      scopes: summary.scopes,
      expiresAt: summary.expiresAt,
      familyId: summary.familyId,
    })
    expect(next.summary.id).not.toBe(summary.id)
    expect(await product.verifier.verify(secret)).toMatchObject({ code: 'rotated' })
    expect(await product.verifier.verify(next.token ?? '')).toMatchObject({ outcome: 'accepted' })
    const history = await listTokenAuditEvents(admin, { tokenId: next.summary.id })
    expect(history.items.map((event) => event.eventType)).toEqual(['ROTATED', 'MINTED'])
    const detail = await getToken(admin, { tokenId: summary.id })
    expect(detail.family).toHaveLength(2)
    expect(detail.replacedById).toBe(next.summary.id)
  })

  it('gives one of many racing rotations the new secret and the others a conflict', async () => {
    const { admin, summary } = await minted()
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => rotateToken(admin, { tokenId: summary.id })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'conflict' })
    }
    const live = (await listTokens(admin)).filter((token) => token.revokedAt === null)
    expect(live).toHaveLength(1)
  })

  it('leaves no live secret when a revocation meets a rotation', async () => {
    for (let round = 0; round < 20; round++) {
      const { admin, summary } = await minted()
      await Promise.allSettled([
        rotateToken(admin, { tokenId: summary.id }),
        revokeToken(admin, { tokenId: summary.id }),
      ])
      const live = (await listTokens(admin)).filter((token) => token.state === 'active')
      expect(live).toEqual([])
    }
  })

  it('replays an idempotency key with the same id and no secret', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const input = { name: 'once', scopes: ['agents:read' as const] }
    const first = await mintToken(admin, input, { idempotencyKey: 'k-1' })
    const again = await mintToken(admin, input, { idempotencyKey: 'k-1' })
    expect(again).toMatchObject({ token: null, summary: { id: first.summary.id } })
    await expect(
      mintToken(admin, { ...input, name: 'other' }, { idempotencyKey: 'k-1' }),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(await listTokens(admin)).toHaveLength(1)
  })

  it('narrows by patch and keeps a verifiable chain', async () => {
    const { organization, admin, summary } = await minted()
    const patched = await patchToken(admin, { tokenId: summary.id, scopes: ['agents:read'] })
    expect(patched.scopes).toEqual(['agents:read'])
    const verdict = await verifyAuditChain(product.db, { organizationId: organization.id })
    expect(verdict).toMatchObject({ ok: true, events: 2 })
  })
})
