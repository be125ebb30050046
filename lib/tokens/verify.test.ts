import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLE_FACTS } from '@/lib/access/roles'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { buildContext } from '@/lib/context'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, verdictOn } from '@/lib/testing/token-fixture'
import { type Peppers, parsePeppers } from '@/lib/tokens/digest'
import { generateSecret } from '@/lib/tokens/secret'
import { TokenVerifier } from '@/lib/tokens/verify'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const verdict = (secret: string) => verdictOn(product.verifier, secret)
const sql = (text: string, values: unknown[]) => product.db.pool.query(text, values)

async function adminWithToken(scopes = [...ALL_SCOPES]) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  return { organization, admin, token: await mint(admin, { scopes }) }
}

describe('a secret that nobody holds', () => {
  it('is refused alike whether its checksum is right or wrong', async () => {
    const { secret } = generateSecret('USER')
    const wrong = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`
    const unknown = await product.verifier.verify(secret)
    const malformed = await product.verifier.verify(wrong)
    expect(unknown).toMatchObject({ outcome: 'refused', code: 'unknown', known: null })
    expect(malformed).toMatchObject({ outcome: 'refused', code: 'malformed', known: null })
    expect({ ...malformed, code: '' }).toEqual({ ...unknown, code: '' })
  })

  it('costs no database call when its checksum is wrong', async () => {
    const closed = new TokenVerifier(
      { query: () => Promise.reject(new Error('asked')) } as never,
      parsePeppers(`1:${randomBytes(32).toString('base64')}`),
    )
    const { secret } = generateSecret('USER')
    await expect(closed.verify(secret)).rejects.toThrow('asked')
    for (const text of [secret.toLowerCase(), '', 'x'.repeat(1_000_000)]) {
      expect(await closed.verify(text)).toMatchObject({ code: 'malformed' })
    }
  })
})

describe('time', () => {
  it('lets a token work up to its expiry by the database’s clock, and not at it', async () => {
    const { organization, token } = await adminWithToken()
    await letPass(product.db, organization.id, { milliseconds: 90 * 86_400_000 - 60_000 })
    expect(await verdict(token.secret)).toBe('accepted')
    await letPass(product.db, organization.id, { milliseconds: 60_000 })
    expect(await verdict(token.secret)).toBe('expired')
  })

  it('makes a lowered policy bite at the next use, and a raised one give the token back', async () => {
    const { organization, token } = await adminWithToken()
    const setMaximum = (days: number | null) =>
      sql('UPDATE organizations SET token_max_lifetime_days = $2 WHERE id = $1', [
        organization.id,
        days,
      ])
    await letPass(product.db, organization.id, { milliseconds: 40 * 86_400_000 })
    await setMaximum(30)
    expect(await verdict(token.secret)).toBe('expired')
    await setMaximum(41)
    const verified = await product.verifier.verify(token.secret)
    expect(verified).toMatchObject({ outcome: 'accepted' })
    if (verified.outcome !== 'accepted') return
    const { createdAt, expiresAt } = verified.token
    expect(verified.principal.expiresAt).toBe(createdAt + 41 * 86_400_000)
    expect(verified.principal.expiresAt).toBeLessThan(expiresAt ?? 0)
  })

  it('refuses a token without a date once the organization requires one', async () => {
    const organization = await product.organization()
    const token = await mint(await organization.member('MEMBER'), { expirationDays: null })
    await sql('UPDATE organizations SET token_expiry_required = true WHERE id = $1', [
      organization.id,
    ])
    expect(await verdict(token.secret)).toBe('blocked')
  })
})

describe('the owner', () => {
  it('who is demoted takes every token down at the next call', async () => {
    const { organization, admin, token } = await adminWithToken()
    const person = [organization.id, admin.principal.userId]
    const setRole = (role: string) =>
      sql('UPDATE memberships SET role = $3::role WHERE organization_id = $1 AND user_id = $2', [
        ...person,
        role,
      ])
    for (const role of ['FINANCE', 'MEMBER', 'ADMIN'] as const) {
      await setRole(role)
      const { principal } = await organization.bearer(token.secret)
      if (principal.kind !== 'token') throw new Error('not a token')
      expect([...principal.scopes]).toEqual(ROLE_FACTS[role].scopes)
      expect(principal.granted).toEqual(ALL_SCOPES)
    }
  })

  it('who leaves takes personal tokens along, and leaves service accounts behind', async () => {
    const { organization, admin, token } = await adminWithToken()
    const made = await provision(admin)
    await sql('DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2', [
      organization.id,
      admin.principal.userId,
    ])
    expect(await verdict(token.secret)).toBe('owner-removed')
    expect(await verdict(made.token.secret)).toBe('accepted')
    await sql('DELETE FROM users WHERE id = $1', [admin.principal.userId])
    expect(await verdict(token.secret)).toBe('owner-removed')
    expect(await verdict(made.token.secret)).toBe('accepted')
  })

  it('of another organization gives no membership here', async () => {
    const { admin, token } = await adminWithToken()
    const elsewhere = await product.organization()
    await sql(`INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'ADMIN')`, [
      elsewhere.id,
      admin.principal.userId,
    ])
    await sql('DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2', [
      admin.organization.id,
      admin.principal.userId,
    ])
    expect(await verdict(token.secret)).toBe('owner-removed')
  })
})

describe('peppers', () => {
  const pepper = (version: number) => `${version}:${randomBytes(32).toString('base64')}`

  it('of older versions still verify what was minted under them', async () => {
    const [first, second] = [pepper(1), pepper(2)]
    const mintUnder = async (peppers: Peppers) => {
      const person = await (await product.organization()).member('MEMBER')
      return mint(buildContext({ ...person, crypto: { ...person.crypto, peppers } }))
    }
    const old = await mintUnder(parsePeppers(first))
    const recent = await mintUnder(parsePeppers(`${second},${first}`))
    const verdictUnder = (list: string, secret: string) =>
      verdictOn(new TokenVerifier(product.db.pool, parsePeppers(list)), secret)
    for (const { secret } of [old, recent]) {
      expect(await verdictUnder(`${second},${first}`, secret)).toBe('accepted')
    }
    expect(await verdictUnder(second, old.secret)).toBe('unknown')
    expect(await verdictUnder(first, recent.secret)).toBe('unknown')
    const { rows } = await sql('SELECT id, pepper_version FROM tokens WHERE id = ANY ($1)', [
      [old.id, recent.id],
    ])
    expect(new Map(rows.map((row) => [row.id, row.pepper_version]))).toEqual(
      new Map([
        [old.id, 1],
        [recent.id, 2],
      ]),
    )
  })
})

it('gives each of many simultaneous callers the answer about their own secret', async () => {
  const organization = await product.organization()
  const person = await organization.member('MEMBER')
  const tokens = await Promise.all(
    Array.from({ length: 30 }, (_, index) => mint(person, { name: `t${index}` })),
  )
  await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const token = tokens[index % 30]
      const verified = await product.verifier.verify(
        index % 3 === 2 ? generateSecret('USER').secret : (token?.secret ?? ''),
      )
      if (index % 3 === 2) expect(verified).toMatchObject({ code: 'unknown' })
      else expect(verified).toMatchObject({ token: { id: token?.id, name: token?.summary.name } })
    }),
  )
})
