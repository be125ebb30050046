import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditOf, stateOf } from '@/e2e/api/support/history'
import { type SignedIn, signedIn } from '@/e2e/api/support/session'
import { createWorld, type Organization, type Person, type World } from '@/e2e/api/support/world'
import { newId } from '@/lib/ids'

const ELEVEN_MINUTES_MS = 11 * 60 * 1000

let world: World
let org: Organization
let admin: Person
let member: Person
let asAdmin: SignedIn
let asMember: SignedIn

beforeAll(async () => {
  world = await createWorld()
})
beforeEach(async () => {
  org = await world.organization()
  admin = await org.person('ADMIN')
  member = await org.person('MEMBER')
  asAdmin = await signedIn(world, admin)
  asMember = await signedIn(world, member)
})
afterAll(() => world.close())

const users = () => `${org.path}/users`
const user = ({ userId }: Person) => `${users()}/${userId}`

describe('members', () => {
  it('are listed for any member, page by page, and one by one', async () => {
    const page = await asMember.get(`${users()}?pageSize=1`)
    const { items, nextPageToken } = page.json<{ items: unknown[]; nextPageToken: string }>()
    const next = await asMember.get(`${users()}?pageSize=1&pageToken=${nextPageToken}`)
    const [first, last] = admin.displayName.split(' ')
    expect(page.json()).toMatchObject({
      totalCount: 2,
      items: [
        {
          id: admin.userId,
          username: `${admin.userId}@example.test`,
          email: `${admin.userId}@example.test`,
          firstName: first,
          lastName: last,
          avatarFileId: null,
          status: 'ACTIVE',
          role: 'ADMIN',
          createdAt: expect.any(Number),
          modifiedAt: expect.any(Number),
        },
      ],
    })
    expect(next.json()).toMatchObject({ nextPageToken: '', items: [{ id: member.userId }] })
    expect((await asMember.get(user(admin))).json()).toEqual(items[0])
  })

  it('of another organization are the 404 of nobody, by any path', async () => {
    const other = await world.organization()
    const stranger = await other.person('MEMBER')
    const nobody = `${users()}/${newId()}`
    const paths = [user(stranger), `${users()}/me`, `${other.path}/users`]
    const missing = await asAdmin.get(nobody)
    for (const path of [...paths, `/v1/tenants/${newId()}/users`]) {
      const answer = await asAdmin.get(path)
      expect([answer.status, answer.json().detail], path).toEqual([404, missing.json().detail])
    }
    const role = await asAdmin.patch(user(stranger), { role: 'ADMIN' })
    expect([role.status, (await asAdmin.delete(user(stranger))).status]).toEqual([404, 404])
  })

  it('are found by the organization’s id and a former address too', async () => {
    const moved = `moved-${org.slug}`
    await world.pool.query('UPDATE organizations SET slug = $2 WHERE id = $1', [org.id, moved])
    for (const tenant of [org.id, org.slug, moved]) {
      const answer = await asMember.get(`/v1/tenants/${tenant}/users`)
      expect(answer.status, tenant).toBe(200)
    }
  })

  it('get another role from admins only, in the log with the person and the door', async () => {
    expect((await asMember.patch(user(member), { role: 'ADMIN' })).status).toBe(403)
    const changed = await asAdmin.patch(user(member), { role: 'FINANCE' })
    expect(changed.json()).toMatchObject({ id: member.userId, role: 'FINANCE' })
    const { rows } = await world.pool.query(
      `SELECT payload::jsonb->'actor'->>'id' AS actor, payload::jsonb->'request'->>'channel' AS channel
       FROM audit.event WHERE organization_id = $1 AND event_type = 'ROLE_CHANGED'`,
      [org.id],
    )
    expect(rows).toEqual([{ actor: admin.userId, channel: 'api' }])
  })

  it.each([
    { role: 'UNSPECIFIED' },
    { role: 'admin' },
    { role: null },
    {},
    { role: 'MEMBER', x: 1 },
  ])('refuse the body %j', async (body) => {
    const answer = await asAdmin.patch(user(member), body)
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed' })
  })

  it('ask for a recent proof of identity where admins are made or people removed', async () => {
    const stale = await signedIn(world, admin, { confirmedAgoMs: ELEVEN_MINUTES_MS })
    const refused = { status: 403, code: 'reauthentication_required' }
    expect((await stale.patch(user(member), { role: 'ADMIN' })).json()).toMatchObject(refused)
    expect((await stale.delete(user(member))).json()).toMatchObject(refused)
    expect((await stale.patch(user(member), { role: 'FINANCE' })).status).toBe(200)
  })

  it('keep an admin, whoever demotes whom at once', async () => {
    const second = await org.person('ADMIN')
    const asSecond = await signedIn(world, second)
    const answers = await Promise.all([
      asAdmin.patch(user(second), { role: 'MEMBER' }),
      asSecond.patch(user(admin), { role: 'MEMBER' }),
      asAdmin.patch(user(admin), { role: 'MEMBER' }),
      asSecond.patch(user(second), { role: 'MEMBER' }),
    ])
    for (const answer of answers) expect([200, 403, 409]).toContain(answer.status)
    const { rows } = await world.pool.query(
      `SELECT 1 FROM memberships WHERE organization_id = $1 AND role = 'ADMIN'`,
      [org.id],
    )
    expect(rows).toHaveLength(1)
  })

  it('are removed with their tokens; the only admin and oneself are not', async () => {
    const token = await org.token(member, ['agents:read'], { expiresInMs: null })
    expect((await asAdmin.delete(user(admin))).json()).toMatchObject({ code: 'oneself' })
    const last = await asAdmin.patch(user(admin), { role: 'MEMBER' })
    expect(last.json()).toMatchObject({ status: 409, code: 'last_admin' })
    expect((await asAdmin.delete(user(member))).status).toBe(204)
    expect((await asAdmin.delete(user(member))).status).toBe(404)
    expect((await world.as(token).get(`${org.path}/tokens/current`)).status).toBe(401)
    // It was their last organization: the session has ended too.
    expect((await asMember.get(users())).status).toBe(401)
  })
})

describe('inviting', () => {
  const invite = (email: string, role = 'MEMBER') =>
    asAdmin.post(`${users()}:invite`, { email, role })

  it('sends a link and never shows it; the same address again replaces the invitation', async () => {
    const email = `${newId()}@example.test`
    const first = await invite(email.toUpperCase())
    expect(first.json()).toEqual({
      id: expect.any(String),
      userEmail: email,
      slug: org.slug,
      displayName: `Organization ${org.slug}`,
      role: 'MEMBER',
      expiresAt: expect.any(Number),
    })
    const second = await invite(email, 'ADMIN')
    expect(second.json()).toMatchObject({ id: first.json().id, role: 'ADMIN' })
    const { rows } = await world.pool.query(
      'SELECT template FROM outgoing_emails WHERE recipient = $1',
      [email],
    )
    expect(rows).toEqual([{ template: 'invitation' }, { template: 'invitation' }])
    const events = await auditOf(world.pool, org.id)
    expect(events.map(({ eventType }) => eventType)).toEqual(['MEMBER_INVITED', 'MEMBER_INVITED'])
  })

  it('is for admins, and not of members or of what is no address', async () => {
    const before = await stateOf(world.pool, org.id)
    const body = { email: `${newId()}@example.test`, role: 'MEMBER' }
    expect((await asMember.post(`${users()}:invite`, body)).status).toBe(403)
    expect((await invite(`${member.userId}@example.test`)).json()).toMatchObject({
      status: 400,
      code: 'already_member',
      errors: [{ pointer: '/email' }],
    })
    for (const [email, role] of [
      ['', 'MEMBER'],
      ['nobody', 'MEMBER'],
      [body.email, 'UNSPECIFIED'],
      [`${body.email}\r\nBcc: x@y.z`, 'MEMBER'],
    ] as const) {
      expect((await invite(email, role)).status, `${email} ${role}`).toBe(400)
    }
    expect(await stateOf(world.pool, org.id)).toBe(before)
  })
})

describe('the own account', () => {
  it('is read and renamed by its two parts, in the log of every organization', async () => {
    const other = await world.organization()
    await other.join(member, 'ADMIN')
    const before = (await asMember.get('/v1/users/me')).json()
    expect(before).toMatchObject({ id: member.userId, role: 'UNSPECIFIED', status: 'ACTIVE' })
    const both = { firstName: ' Ana  María ', lastName: 'Ruiz' }
    expect((await asMember.patch('/v1/users/me', both)).json()).toMatchObject({
      firstName: 'Ana María',
      lastName: 'Ruiz',
    })
    const last = await asMember.patch('/v1/users/me', { lastName: 'Gómez', firstName: null })
    expect(last.json()).toMatchObject({ firstName: 'Ana María', lastName: 'Gómez' })
    const none = await asMember.patch('/v1/users/me', { firstName: '' })
    expect(none.json()).toMatchObject({ firstName: 'Gómez', lastName: '' })
    for (const { id } of [org, other]) {
      const events = await auditOf(world.pool, id)
      expect(events.map(({ eventType }) => eventType)).toEqual(Array(3).fill('PROFILE_UPDATED'))
    }
    expect((await asAdmin.get(user(member))).json()).toMatchObject({ firstName: 'Gómez' })
  })

  it.each([
    { firstName: '', lastName: '' },
    { firstName: 'x'.repeat(80), lastName: 'y' },
    { firstName: 'a\nb' },
    { firstName: 5 },
    { avatarFileId: newId() },
    { role: 'ADMIN' },
    { email: 'else@example.test' },
    { id: newId() },
  ])('refuses %j', async (body) => {
    const answer = await asMember.patch('/v1/users/me', body)
    expect(answer.json()).toMatchObject({ status: 400, errors: [expect.anything()] })
  })

  it('loses its picture by null, once', async () => {
    const pictureId = newId()
    await world.pool.query(
      `WITH picture AS (INSERT INTO pictures (id, webp_64, webp_256, png_128)
         VALUES ($1, 'x', 'x', 'x') RETURNING id)
       UPDATE users SET avatar_id = picture.id FROM picture WHERE users.id = $2`,
      [pictureId, member.userId],
    )
    expect((await asMember.get('/v1/users/me')).json().avatarFileId).toBe(pictureId)
    for (const _ of [1, 2]) {
      const answer = await asMember.patch('/v1/users/me', { avatarFileId: null })
      expect(answer.json().avatarFileId).toBeNull()
    }
    const { rows } = await world.pool.query('SELECT 1 FROM pictures WHERE id = $1', [pictureId])
    expect(rows).toEqual([])
    expect(await auditOf(world.pool, org.id)).toHaveLength(1)
  })

  it('answers at its older path, which says where to go', async () => {
    const [older, newer] = [
      await asMember.get('/v1/userProfile'),
      await asMember.get('/v1/users/me'),
    ]
    expect(older.json()).toEqual(newer.json())
    expect(older.headers).toMatchObject({
      deprecation: expect.stringMatching(/^@/),
      sunset: expect.any(String),
    })
    expect(older.headers.link).toContain('</v1/users/me>; rel="successor-version"')
    expect(newer.headers).not.toHaveProperty('deprecation')
    const renamed = await asMember.patch('/v1/userProfile', { firstName: 'Olga' })
    expect(renamed.json().firstName).toBe('Olga')
  })
})

describe('a second factor that the organization requires', () => {
  it('is asked for there, and nowhere else', async () => {
    await world.pool.query('UPDATE organizations SET two_factor_required = true WHERE id = $1', [
      org.id,
    ])
    expect((await asAdmin.get(users())).json()).toMatchObject({
      status: 403,
      code: 'two_factor_required',
    })
    expect((await asAdmin.get('/v1/users/me')).status).toBe(200)
  })
})
