import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '@/e2e/api/support/world'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function adminOf() {
  const organization = await world.organization()
  const admin = await organization.person('ADMIN')
  const token = await organization.token(admin, ['organization:read', 'organization:write'])
  return { organization, as: world.as(token), token }
}

const move = (id: string, slug: string) =>
  world.pool.query('UPDATE organizations SET slug = $2 WHERE id = $1', [id, slug])

describe('the organization', () => {
  it('is read, and changed in parts', async () => {
    const { organization, as } = await adminOf()
    const before = (await as.get(organization.path)).json()
    expect(before).toMatchObject({
      id: organization.id,
      slug: organization.slug,
      website: null,
      logoUrl: null,
      twoFactorRequired: false,
    })
    const renamed = await as.patch(organization.path, { displayName: 'Acme Robotics' })
    expect(renamed.json()).toMatchObject({ displayName: 'Acme Robotics', website: null })
    const website = 'https://acme.example'
    expect((await as.patch(organization.path, { website })).json()).toMatchObject({
      displayName: 'Acme Robotics',
      website,
    })
    expect((await as.patch(organization.path, { website: null })).json().website).toBeNull()
    const after = (await as.get(organization.path)).json()
    expect(Number(after.modifiedAt)).toBeGreaterThanOrEqual(Number(before.modifiedAt))
    expect(after.createdAt).toBe(before.createdAt)
  })

  it.each([
    [{ displayName: '' }, '/displayName'],
    [{ displayName: 'a\nb' }, '/displayName'],
    [{ displayName: null }, '/displayName'],
    [{ website: 'javascript:alert(1)' }, '/website'],
    [{ website: 'acme.example' }, '/website'],
    [{ slug: 'elsewhere' }, '/slug'],
    [{ twoFactorRequired: true }, '/twoFactorRequired'],
    [{ logoUrl: 'https://acme.example/a.png' }, '/logoUrl'],
  ])('refuses %j', async (body, pointer) => {
    const { organization, as } = await adminOf()
    const answer = await as.patch(organization.path, body)
    expect(answer.status).toBe(400)
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer)
  })

  it('is not changed by a member’s token', async () => {
    const organization = await world.organization()
    const member = await organization.person('MEMBER')
    const token = await organization.token(member, ['organization:read', 'organization:write'])
    const as = world.as(token)
    expect((await as.get(organization.path)).status).toBe(200)
    expect((await as.patch(organization.path, { displayName: 'Mine' })).status).toBe(403)
  })

  it('is nothing to the token of another', async () => {
    const [{ as }, { organization }] = [await adminOf(), await adminOf()]
    expect((await as.get(organization.path)).status).toBe(404)
    expect((await as.patch(organization.path, { displayName: 'Mine' })).status).toBe(404)
  })
})

describe('after a move to another address', () => {
  it('the old one goes on working for the organization’s own tokens', async () => {
    const { organization, as } = await adminOf()
    const slug = `${organization.slug}-moved`
    await move(organization.id, slug)
    for (const path of [
      organization.path,
      `/v1/tenants/${slug}`,
      `/v1/tenants/${organization.id}`,
    ]) {
      expect((await as.get(path)).json().slug, path).toBe(slug)
      expect((await as.get(`${path}/auth/health`)).status, path).toBe(200)
      expect((await as.get(`${path}/tokens/current`)).status, path).toBe(200)
    }
    expect((await as.patch(organization.path, { displayName: 'Moved' })).status).toBe(200)
  })

  it('the old one is nothing to the token of another, like one that never was', async () => {
    const [{ as }, { organization }] = [await adminOf(), await adminOf()]
    await move(organization.id, `${organization.slug}-moved`)
    const [old, none] = await Promise.all([
      as.get(organization.path),
      as.get('/v1/tenants/never-anybody'),
    ])
    expect([old.status, none.status]).toEqual([404, 404])
    expect(old.json().detail).toBe(none.json().detail)
    expect((await as.get(`${organization.path}/auth/health`)).status).toBe(403)
  })

  it('no tenant of a strange form reaches the database as an address', async () => {
    const { as } = await adminOf()
    for (const tenant of ['%00', 'a%00b', '%F0%9F%92%A9', 'x'.repeat(5000), '..%2f..', "'%3B--"]) {
      expect((await as.get(`/v1/tenants/${tenant}/tokens/current`)).status, tenant).toBe(404)
    }
  })
})
