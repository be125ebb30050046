import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, rotate } from '@/lib/testing/token-fixture'
import { introspectToken } from '@/lib/tokens/introspect'
import { revokeToken } from '@/lib/tokens/revoke'
import { generateSecret } from '@/lib/tokens/secret'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const sql = (text: string, values: unknown[]) => product.db.pool.query(text, values)

async function adminOf() {
  const organization = await product.organization()
  return { organization, admin: await organization.member('ADMIN') }
}

describe('introspection', () => {
  it('tells what a live token can do now, in the words of RFC 7662', async () => {
    const { admin } = await adminOf()
    const token = await mint(admin)
    expect(await introspectToken(admin, { token: token.secret })).toEqual({
      active: true,
      scope: 'agents:read keys:read keys:write',
      client_id: token.id,
      sub: admin.principal.userId,
      username: admin.principal.displayName,
      token_type: 'Bearer',
      iat: Math.floor(admin.now / 1000),
      exp: Math.floor((token.summary.expiresAt ?? 0) / 1000),
    })
    const forever = await mint(admin, { expirationDays: null })
    expect(await introspectToken(admin, { token: forever.secret })).not.toHaveProperty('exp')
  })

  it('shows the power of today: of the role, or of the account’s grant', async () => {
    const { organization, admin } = await adminOf()
    const person = await organization.member('ADMIN')
    const token = await mint(person, { scopes: ['agents:read', 'organization:write'] })
    await sql(`UPDATE memberships SET role = 'MEMBER' WHERE user_id = $1`, [
      person.principal.userId,
    ])
    const { account, token: workload } = await provision(admin, ['agents:read', 'keys:read'])
    await sql(`UPDATE service_accounts SET scopes = '{keys:read}' WHERE id = $1`, [account.id])
    const scopes = await Promise.all(
      [token, workload].map(({ secret }) => introspectToken(admin, { token: secret })),
    )
    expect(scopes).toMatchObject([{ scope: 'agents:read' }, { scope: 'keys:read' }])
  })

  it('says nothing but inactive of every other secret', async () => {
    const { organization, admin } = await adminOf()
    const abroad = await mint((await adminOf()).admin)
    const revoked = await mint(admin)
    await revokeToken(admin, { tokenId: revoked.id })
    const rotated = await mint(admin)
    await rotate(admin, rotated.id)
    const leaver = await organization.member('MEMBER')
    const left = await mint(leaver)
    await sql('DELETE FROM memberships WHERE user_id = $1', [leaver.principal.userId])
    const paused = await provision(admin)
    await sql('UPDATE service_accounts SET suspended_at = now() WHERE id = $1', [paused.account.id])
    const gone = await provision(admin)
    await sql('UPDATE service_accounts SET revoked_at = now() WHERE id = $1', [gone.account.id])
    const secrets = [abroad, revoked, rotated, left, paused.token, gone.token].map((t) => t.secret)
    for (const token of [...secrets, generateSecret('USER').secret, '', 'x']) {
      expect(await introspectToken(admin, { token })).toEqual({ active: false })
    }
    const expired = await mint(admin)
    await letPass(product.db, organization.id, { milliseconds: 90 * 86_400_000 })
    expect(await introspectToken(admin, { token: expired.secret })).toEqual({ active: false })
  })

  it('is blind to what the caller may not see', async () => {
    const { organization, admin } = await adminOf()
    const member = await organization.member('MEMBER')
    const [own, other] = [await mint(member), await mint(admin)]
    const seen = await Promise.all(
      [own, other].map(({ secret }) => introspectToken(member, { token: secret })),
    )
    expect(seen.map(({ active }) => active)).toEqual([true, false])
  })
})
