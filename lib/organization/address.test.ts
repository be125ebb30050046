import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import { listAuditEvents } from '@/lib/audit/queries'
import {
  addressAvailability,
  changeAddress,
  organizationAtAddress,
} from '@/lib/organization/address'
import { createOrganization } from '@/lib/organization/create'
import { ADDRESSES_MAX, proposeSlug, SLUG_MAX } from '@/lib/organization/model'
import { getOrganization } from '@/lib/organization/profile'
import { RESERVED_SLUGS, slugSchema } from '@/lib/organization/slug'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const newAdmin = async () => (await product.organization()).member('ADMIN')
type Admin = Awaited<ReturnType<typeof newAdmin>>

const founderOf = ({ principal, request }: Admin) => ({
  db: product.db,
  userId: principal.userId,
  displayName: principal.displayName,
  request,
})

let count = 0
const newSlug = () => `place-${++count}`

const TAKEN = { kind: 'invalid', code: 'address_taken', errors: [{ pointer: '/slug' }] }

describe('an address', () => {
  it('is changed once for the audit trail, however often it is asked for', async () => {
    const admin = await newAdmin()
    const [before, slug] = [admin.organization.slug, newSlug()]
    expect(await changeAddress(admin, { slug })).toEqual({ slug })
    await changeAddress(admin, { slug })
    expect(await getOrganization(admin)).toMatchObject({ slug })
    const { items } = await listAuditEvents(admin, { eventTypes: ['ADDRESS_CHANGED'] })
    expect(items.map(({ details }) => details)).toEqual([
      { before: { slug: before }, after: { slug } },
    ])
  })

  it('needs a recent proof of identity to change, not to look', async () => {
    const admin = await newAdmin()
    const later = { ...admin, now: admin.now + REAUTHENTICATION_WINDOW_MS }
    expect(await addressAvailability(later, { slug: newSlug() })).toBe('available')
    await expect(changeAddress(later, { slug: newSlug() })).rejects.toMatchObject({
      code: 'reauthentication_required',
    })
  })

  it('says how it stands', async () => {
    const [admin, other] = [await newAdmin(), await newAdmin()]
    const [former, present] = [admin.organization.slug, newSlug()]
    await changeAddress(admin, { slug: present })
    for (const slug of [former, present]) {
      expect(await addressAvailability(admin, { slug })).toBe('yours')
      expect(await addressAvailability(other, { slug })).toBe('taken')
    }
    expect(await addressAvailability(admin, { slug: 'settings' })).toEqual({
      problem: 'This address is reserved. Choose another.',
    })
    expect(await addressAvailability(admin, { slug: 'No Good' })).toHaveProperty('problem')
  })

  it('that an organization left is never another’s, and can be gone back to', async () => {
    const [admin, other] = [await newAdmin(), await newAdmin()]
    const former = admin.organization.slug
    await changeAddress(admin, { slug: newSlug() })
    await expect(changeAddress(other, { slug: former })).rejects.toMatchObject(TAKEN)
    await expect(
      createOrganization(founderOf(other), { name: 'Captured', slug: former }),
    ).rejects.toMatchObject(TAKEN)
    expect(await getOrganization(other)).toMatchObject({ slug: other.organization.slug })
    await changeAddress(admin, { slug: former })
    expect(await getOrganization(admin)).toMatchObject({ slug: former })
  })

  it('leads to the organization that has or had it, among those that are asked about', async () => {
    const [admin, other] = [await newAdmin(), await newAdmin()]
    const [former, present] = [admin.organization.slug, newSlug()]
    await changeAddress(admin, { slug: present })
    const at = (slug: string, ...ids: string[]) => organizationAtAddress(product.db.pool, slug, ids)
    const [own, foreign] = [admin.organization.id, other.organization.id]
    expect(await at(former, foreign, own)).toBe(own)
    expect(await at(present, own)).toBe(own)
    expect(await at(former, foreign)).toBeNull()
    for (const nonsense of ['', 'nobody-here', 'a\0b', '../acme', 'x'.repeat(100_000)]) {
      expect(await at(nonsense, own)).toBeNull()
    }
  })

  it('cannot be collected without end', async () => {
    const admin = await newAdmin()
    const first = admin.organization.slug
    for (let moves = 1; moves < ADDRESSES_MAX; moves++) {
      await changeAddress(admin, { slug: newSlug() })
    }
    await expect(changeAddress(admin, { slug: newSlug() })).rejects.toMatchObject({
      code: 'too_many_addresses',
    })
    expect(await changeAddress(admin, { slug: first })).toEqual({ slug: first })
  })

  it('goes to one of two organizations that take it at once, in fifty rounds', async () => {
    const [one, two] = [await newAdmin(), await newAdmin()]
    for (let round = 0; round < 50; round++) {
      const slug = `race-${round}`
      const outcomes = await Promise.allSettled([
        changeAddress(one, { slug }),
        round % 2 === 0
          ? changeAddress(two, { slug })
          : createOrganization(founderOf(await newAdmin()), { name: 'Race', slug }),
      ])
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(lost.map(({ reason }) => reason)).toMatchObject([TAKEN])
      // Room for the next rounds: what was collected here is not what this is about.
      await product.db.pool.query(
        'DELETE FROM organization_addresses WHERE organization_id = ANY ($1) AND retired_at IS NOT NULL',
        [[one.organization.id, two.organization.id]],
      )
    }
  })
})

describe('creating an organization', () => {
  it('makes whoever creates it the admin, and says so in its audit trail', async () => {
    const admin = await newAdmin()
    const slug = newSlug()
    const made = await createOrganization(founderOf(admin), { name: 'Second', slug })
    const { rows } = await product.db.pool.query(
      `SELECT o.name, o.slug, m.role::text, m.user_id FROM organizations o
       JOIN memberships m ON m.organization_id = o.id WHERE o.id = $1`,
      [made.organizationId],
    )
    expect(rows).toEqual([{ name: 'Second', slug, role: 'ADMIN', user_id: admin.principal.userId }])
    const there = { ...admin, organization: { ...admin.organization, id: made.organizationId } }
    const { items } = await listAuditEvents(there, {})
    expect(items).toMatchObject([
      {
        eventType: 'ORGANIZATION_CREATED',
        actor: { type: 'USER', id: admin.principal.userId },
        target: { id: made.organizationId, label: 'Second' },
      },
    ])
  })

  it('has an end for one person', async () => {
    const founder = founderOf(await newAdmin())
    const make = () => createOrganization(founder, { name: 'One more', slug: newSlug() })
    for (let made = 1; made < 25; made++) await make()
    await expect(make()).rejects.toMatchObject({ code: 'too_many_organizations' })
  })
})

describe('the rules of a slug', () => {
  it('accept what a slug is made of, and nothing else', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789']
    const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 10 })
    const slug = fc
      .array(word, { minLength: 1, maxLength: 4 })
      .map((words) => words.join('-'))
      .filter((text) => text.length >= 2 && !RESERVED_SLUGS.has(text))
    fc.assert(fc.property(slug, (text) => slugSchema.parse(text) === text))
    const broken = fc.string({ maxLength: 60 }).filter((text) => !/^[a-z0-9-]*$/.test(text.trim()))
    fc.assert(fc.property(broken, (text) => !slugSchema.safeParse(text).success))
  })

  it('keep free every first segment of a path that is ours', () => {
    for (const slug of ['pictures', 'invitations', 'reset-password', 'sign-in', 'setup', 'v1']) {
      expect(slugSchema.safeParse(slug).success, slug).toBe(false)
    }
  })

  it('are met by every proposal that is long enough and not reserved', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        const slug = proposeSlug(name)
        expect(slug.length).toBeLessThanOrEqual(SLUG_MAX)
        if (slug.length < 2 || RESERVED_SLUGS.has(slug)) return
        expect(slugSchema.parse(slug)).toBe(slug)
        expect(proposeSlug(slug)).toBe(slug)
      }),
    )
  })
})
