import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision, verdictOn } from '@/lib/testing/token-fixture'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { getToken, listTokens } from '@/lib/tokens/queries'
import { revokeToken, revokeTokens } from '@/lib/tokens/revoke'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const verdict = (secret: string) => verdictOn(product.verifier, secret)

async function adminWithToken() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  return { organization, admin, token: await mint(admin) }
}

describe('a revocation', () => {
  it('holds for ever and is written once, however often it is asked for', async () => {
    const { admin, token } = await adminWithToken()
    await Promise.all(Array.from({ length: 5 }, () => revokeToken(admin, { tokenId: token.id })))
    await revokeToken(admin, { tokenId: token.id })
    expect(await verdict(token.secret)).toBe('revoked')
    const { items } = await listTokenAuditEvents(admin, { tokenId: token.id })
    expect(items.map(({ eventType }) => eventType)).toEqual(['REVOKED', 'MINTED'])
    expect(await getToken(admin, { tokenId: token.id })).toMatchObject({
      state: 'revoked',
      endReason: 'REVOKED',
      endedBy: admin.principal.displayName,
      mayRevoke: false,
      mayRotate: false,
      mayPatch: false,
    })
  })

  it('keeps the row, its reason and its history in the list', async () => {
    const { admin, token } = await adminWithToken()
    await revokeToken(admin, { tokenId: token.id })
    expect(await listTokens(admin)).toMatchObject([
      { id: token.id, state: 'revoked', stateReason: `Revoked by ${admin.principal.displayName}.` },
    ])
  })

  it('is an admin’s to do to anyone’s token, without ever seeing the secret', async () => {
    const { organization, admin } = await adminWithToken()
    const member = await organization.member('MEMBER')
    const token = await mint(member)
    await revokeToken(admin, { tokenId: token.id })
    expect(await verdict(token.secret)).toBe('revoked')
    expect(JSON.stringify(await getToken(admin, { tokenId: token.id }))).not.toContain(
      token.secret.slice(11, -4),
    )
  })

  it('of another’s token is the 404 of a missing one to a member', async () => {
    const { organization, token } = await adminWithToken()
    const member = await organization.member('MEMBER')
    const outcomes = await Promise.allSettled(
      [token.id, newId()].map((tokenId) => revokeToken(member, { tokenId })),
    )
    const [foreign, missing] = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? { ...outcome.reason, text: outcome.reason.message } : null,
    )
    expect(foreign).toMatchObject({ kind: 'not-found' })
    expect(foreign).toEqual(missing)
    expect(await verdict(token.secret)).toBe('accepted')
  })

  it('takes effect on the call that carries it out: a token may end itself', async () => {
    const { organization, token } = await adminWithToken()
    const bearer = await organization.bearer(token.secret)
    await revokeToken(bearer, { tokenId: token.id })
    expect(await verdict(token.secret)).toBe('revoked')
  })
})

describe('a bulk revocation', () => {
  it('reports each token once and audits each that it ended', async () => {
    const { organization, admin, token } = await adminWithToken()
    const ended = await mint(admin)
    await revokeToken(admin, { tokenId: ended.id })
    const { token: workload } = await provision(admin)
    const abroad = await mint(await (await product.organization()).member('ADMIN'))
    const missing = newId()
    const tokenIds = [token.id, abroad.id, ended.id, token.id, workload.id, missing]
    expect(await revokeTokens(admin, { tokenIds })).toEqual([
      { tokenId: token.id, outcome: 'revoked' },
      { tokenId: abroad.id, outcome: 'not-found' },
      { tokenId: ended.id, outcome: 'already-ended' },
      { tokenId: workload.id, outcome: 'revoked' },
      { tokenId: missing, outcome: 'not-found' },
    ])
    expect(await verdict(abroad.secret)).toBe('accepted')
    const { rows } = await product.db.pool.query(
      `SELECT target_id FROM audit.event
       WHERE organization_id = $1 AND event_type = 'REVOKED' ORDER BY seq`,
      [organization.id],
    )
    expect(rows.map((row) => row.target_id)).toEqual([ended.id, token.id, workload.id])
  })

  it('reaches a member’s own tokens only', async () => {
    const { organization, token } = await adminWithToken()
    const member = await organization.member('MEMBER')
    const own = await mint(member)
    const outcomes = await revokeTokens(member, { tokenIds: [token.id, own.id] })
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['not-found', 'revoked'])
    expect(await verdict(token.secret)).toBe('accepted')
  })
})
