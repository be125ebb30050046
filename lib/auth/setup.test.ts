import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AuthFixture, openAuthFixture, refusalOf, signInDoor } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { listDemoLogins } from '@/lib/auth/demo'
import { completeSetup, createSetupLink, setupLinkState } from '@/lib/auth/setup'

let fixture: AuthFixture
beforeEach(async () => {
  fixture = await openAuthFixture()
})
afterEach(() => fixture.close())

const PASSWORD = 'four lamps above the mill'

async function newLink(): Promise<string> {
  const link = await createSetupLink(fixture.db)
  if (!link) throw new Error('No link was made.')
  return link
}

function complete(secret: string, slug = 'acme', password = PASSWORD) {
  return completeSetup({
    db: fixture.db,
    secret,
    organizationName: 'Acme',
    slug,
    displayName: 'Ada Admin',
    email: 'ada@example.com',
    password,
  })
}

it('makes the first organization with its admin, who can sign in', async () => {
  const secret = await newLink()
  expect(await setupLinkState(fixture.db, secret)).toBe('usable')
  const { organizationId, userId } = await complete(secret)
  const membership = await fixture.db.prisma.membership.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
  })
  expect(membership?.role).toBe('ADMIN')
  await signIn({ ...signInDoor(fixture.db), email: 'ada@example.com', password: PASSWORD })
  expect(await setupLinkState(fixture.db, secret)).toBe('finished')
  expect(await createSetupLink(fixture.db)).toBeNull()
})

it('succeeds exactly once, whoever races with whichever link', async () => {
  const links = [await newLink(), await newLink()]
  const outcomes = await Promise.allSettled(
    [0, 1, 0, 1].map((link, index) => complete(links[link] ?? '', `acme-${index}`)),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await fixture.db.prisma.organization.count()).toBe(1)
  expect(await fixture.db.prisma.user.count()).toBe(1)
})

it('refuses unknown, used and expired links with one answer', async () => {
  const expired = await newLink()
  await fixture.db.pool.query(
    `UPDATE setup_links SET expires_at = now() - interval '1 millisecond'`,
  )
  const used = await newLink()
  await fixture.db.pool.query(`UPDATE setup_links SET used_at = now() WHERE expires_at > now()`)
  for (const secret of [expired, used, 'made up']) {
    expect(await setupLinkState(fixture.db, secret)).toBe('ended')
    expect(await refusalOf(complete(secret))).toMatchObject({
      kind: 'conflict',
      code: 'setup_link_ended',
    })
  }
  expect(await fixture.db.prisma.organization.count()).toBe(0)
})

it('refuses a password that is easy to guess for this person, and keeps the link', async () => {
  const secret = await newLink()
  for (const password of ['password1234', 'ada@example.com', 'Ada Admin Acme']) {
    expect(await refusalOf(complete(secret, 'acme', password))).toMatchObject({
      code: 'password_weak',
      errors: [{ pointer: '/password' }],
    })
  }
  expect(await setupLinkState(fixture.db, secret)).toBe('usable')
  await complete(secret)
})

it('stores no link in readable form', async () => {
  const secret = await newLink()
  const { rows } = await fixture.db.pool.query('SELECT l::text AS row FROM setup_links l')
  expect(rows).toHaveLength(1)
  expect(rows[0].row).not.toContain(secret)
})

it('shows demo logins only of demo organizations', async () => {
  const real = await fixture.addOrganization('real')
  await fixture.addPerson('real@example.com', [{ organizationId: real, role: 'ADMIN' }])
  expect(await listDemoLogins(fixture.db)).toEqual([])
  const demo = await fixture.addOrganization('demo', true)
  await fixture.addPerson('member@demo.example', [{ organizationId: demo, role: 'MEMBER' }])
  const second = await fixture.addOrganization('second', true)
  await fixture.addPerson('admin@demo.example', [
    { organizationId: second, role: 'MEMBER' },
    { organizationId: real, role: 'MEMBER' },
    { organizationId: demo, role: 'ADMIN' },
  ])
  expect(await listDemoLogins(fixture.db)).toMatchObject([
    {
      email: 'admin@demo.example',
      role: 'ADMIN',
      organizationNames: ['Organization demo', 'Organization second'],
    },
    { email: 'member@demo.example', role: 'MEMBER', organizationNames: ['Organization demo'] },
  ])
})
