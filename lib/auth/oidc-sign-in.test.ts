import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AuthFixture,
  openAuthFixture,
  PASSWORD,
  refusalOf,
  signInDoor,
} from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { type OidcAdmission, signInByOidc } from '@/lib/auth/oidc-sign-in'
import { resolveSession } from '@/lib/auth/sessions'
import { newId } from '@/lib/ids'

const ANYBODY: OidcAdmission = {
  issuer: 'https://idp.example',
  allowedDomains: [],
  organization: null,
  defaultRole: 'MEMBER',
}

let fixture: AuthFixture
let organizationId: string
beforeAll(async () => {
  fixture = await openAuthFixture()
  organizationId = await fixture.addOrganization('company')
})
afterAll(() => fixture.close())

const claimsOf = (email: string, more: object = {}) => ({
  sub: `subject of ${email}`,
  email,
  email_verified: true,
  name: 'Ines Provider',
  ...more,
})

function come(claims: unknown, admission: Partial<OidcAdmission> = {}) {
  const door = signInDoor(fixture.db)
  return signInByOidc({ ...door, claims, admission: { ...ANYBODY, ...admission } })
}

const company = { organization: 'company', allowedDomains: ['company.example'] }

async function prove(userId: string) {
  await fixture.db.pool.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [userId])
}

describe('somebody new', () => {
  it('joins the organization of the installation, with its default role', async () => {
    const opened = await come(claimsOf('Ines@Company.example'), {
      ...company,
      defaultRole: 'FINANCE',
    })
    const session = await resolveSession(fixture.db, opened.sessionSecret)
    expect(session).toMatchObject({
      email: 'ines@company.example',
      displayName: 'Ines Provider',
      signInMethod: 'OIDC',
      memberships: [{ role: 'FINANCE', organization: { slug: 'company' } }],
    })
    const { rows } = await fixture.db.pool.query(
      'SELECT event_type AS type FROM audit.event WHERE organization_id = $1 AND target_id = $2 ORDER BY seq',
      [organizationId, opened.userId],
    )
    expect(rows.map(({ type }) => type)).toEqual(['MEMBER_JOINED', 'SIGNED_IN'])
  })

  it('is one person, however many first sign-ins arrive at once', async () => {
    const claims = claimsOf('at-once@company.example')
    const opened = await Promise.all(Array.from({ length: 8 }, () => come(claims, company)))
    expect(new Set(opened.map(({ userId }) => userId)).size).toBe(1)
  })

  it('is not let in where nobody invited them and newcomers join nothing', async () => {
    const claims = claimsOf('stranger@elsewhere.example')
    expect(await refusalOf(come(claims))).toMatchObject({ code: 'oidc_not_invited' })
    await fixture.db.pool.query(
      `INSERT INTO invitations (organization_id, id, email, role, secret_hash, invited_by_label,
         expires_at) VALUES ($1, $2, $3, 'MEMBER', $4, 'Ada', now() + interval '1 day')`,
      [organizationId, newId(), 'stranger@elsewhere.example', Buffer.from(newId())],
    )
    const opened = await come(claims)
    // The account is there; the invitation is still theirs to answer.
    const session = await resolveSession(fixture.db, opened.sessionSecret)
    expect(session?.memberships).toEqual([])
  })

  it('needs an address that the provider confirms, of a domain that may come in', async () => {
    const unproven = { code: 'oidc_email_unproven' }
    const email = 'vague@company.example'
    expect(
      await refusalOf(come(claimsOf(email, { email_verified: false }), company)),
    ).toMatchObject(unproven)
    expect(
      await refusalOf(come(claimsOf(email, { email_verified: undefined }), company)),
    ).toMatchObject(unproven)
    expect(await refusalOf(come({ sub: 'nameless' }, company))).toMatchObject(unproven)
    for (const other of [
      'eve@evil.example',
      'eve@sub.company.example',
      'eve@evilcompany.example',
    ]) {
      expect(await refusalOf(come(claimsOf(other), company))).toMatchObject({ code: 'oidc_domain' })
    }
    const { rows } = await fixture.db.pool.query(
      "SELECT 1 FROM users WHERE email LIKE 'eve@%' OR email = $1",
      [email],
    )
    expect(rows).toEqual([])
  })
})

describe('somebody with an account', () => {
  it('is known by subject from then on, also under another address', async () => {
    const userId = await fixture.addPerson('known@company.example', [
      { organizationId, role: 'ADMIN' },
    ])
    await prove(userId)
    const claims = claimsOf('known@company.example')
    expect((await come(claims)).userId).toBe(userId)
    expect((await come({ ...claims, email: 'renamed@company.example' })).userId).toBe(userId)
    // The password still works: it was theirs.
    const opened = await signIn({
      ...signInDoor(fixture.db),
      email: 'known@company.example',
      password: PASSWORD,
    })
    expect(opened.userId).toBe(userId)
  })

  it('loses what others could come back with, where the address was never proven', async () => {
    const userId = await fixture.addPerson('squatted@company.example', [
      { organizationId, role: 'MEMBER' },
    ])
    const door = signInDoor(fixture.db)
    const squatter = await signIn({
      ...door,
      email: 'squatted@company.example',
      password: PASSWORD,
    })
    expect((await come(claimsOf('squatted@company.example'))).userId).toBe(userId)
    expect(await resolveSession(fixture.db, squatter.sessionSecret)).toBeNull()
    const again = signIn({ ...door, email: 'squatted@company.example', password: PASSWORD })
    expect(await refusalOf(again)).toMatchObject({ code: 'invalid_credentials' })
  })

  it('is nobody to another provider with the same subject', async () => {
    await come(claimsOf('twin@company.example'), company)
    const elsewhere = { ...ANYBODY, issuer: 'https://other.example' }
    const claims = { sub: 'subject of twin@company.example' }
    expect(await refusalOf(come(claims, elsewhere))).toMatchObject({ code: 'oidc_email_unproven' })
  })

  it('stays out when their domain no longer comes in', async () => {
    await come(claimsOf('former@company.example'), company)
    const narrowed = { allowedDomains: ['elsewhere.example'] }
    const refusal = refusalOf(come(claimsOf('former@company.example'), narrowed))
    expect(await refusal).toMatchObject({ code: 'oidc_domain' })
  })
})
