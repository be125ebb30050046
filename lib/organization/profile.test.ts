import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { isWebsite, websiteOf } from '@/lib/organization/model'
import {
  getOrganization,
  removeLogo,
  setLogo,
  updateOrganization,
} from '@/lib/organization/profile'
import { updateOrganizationSchema } from '@/lib/organization/schema'
import { findRendition } from '@/lib/pictures/store'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const newAdmin = async () => (await product.organization()).member('ADMIN')

async function changesOf(ctx: Context) {
  const { items } = await listAuditEvents(ctx, { eventTypes: ['ORGANIZATION_UPDATED'] })
  return items.map(({ details }) => details)
}

describe('name and website', () => {
  it('change apart or together, audited with before and after, and no change not at all', async () => {
    const admin = await newAdmin()
    const { name } = await getOrganization(admin)
    const website = 'https://acme.example/about'
    await updateOrganization(admin, { website })
    await updateOrganization(admin, { website })
    const now = await updateOrganization(admin, { name: 'Acme' })
    expect(now).toMatchObject({ name: 'Acme', website })
    expect(await getOrganization(admin)).toEqual(now)
    expect(await updateOrganization(admin, { website: null })).toMatchObject({
      name: 'Acme',
      website: null,
    })
    expect(await changesOf(admin)).toEqual([
      { before: { name: 'Acme', website }, after: { name: 'Acme', website: null } },
      { before: { name, website }, after: { name: 'Acme', website } },
      { before: { name, website: null }, after: { name, website } },
    ])
  })

  it('keeps both of two changes that are made at once', async () => {
    const admin = await newAdmin()
    await Promise.all([
      updateOrganization(admin, { name: 'Acme' }),
      updateOrganization(admin, { website: 'https://acme.example' }),
    ])
    expect(await getOrganization(admin)).toMatchObject({
      name: 'Acme',
      website: 'https://acme.example',
    })
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,hello',
    'ftp://acme.example',
    'https://ada:secret@acme.example',
    'https://localhost',
    'acme',
    '//acme.example',
    'https://',
  ])('%s is no website', (website) => {
    expect(isWebsite(website)).toBe(false)
    expect(updateOrganizationSchema.safeParse({ website }).success).toBe(false)
  })

  it.each([
    ['acme.example', 'https://acme.example'],
    [' https://acme.example/a?b=c ', 'https://acme.example/a?b=c'],
    ['http://acme.example', 'http://acme.example'],
    ['  ', null],
  ])('"%s" as typed means %s', (typed, meant) => {
    expect(websiteOf(typed)).toBe(meant)
    expect(updateOrganizationSchema.parse({ website: meant })).toEqual({ website: meant })
  })
})

describe('the logo', () => {
  const picture = (background: string) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer()

  it('is replaced and removed for good', async () => {
    const admin = await newAdmin()
    const { pool } = product.db
    const first = await setLogo(admin, { picture: await picture('red') })
    expect(await getOrganization(admin)).toMatchObject({ logoId: first.logoId })
    const second = await setLogo(admin, { picture: await picture('blue') })
    expect(await findRendition(pool, first.logoId, '64.webp')).toBeNull()
    expect(await findRendition(pool, second.logoId, '64.webp')).not.toBeNull()
    await removeLogo(admin)
    await removeLogo(admin)
    expect(await getOrganization(admin)).toMatchObject({ logoId: null })
    expect(await findRendition(pool, second.logoId, '64.webp')).toBeNull()
    expect(await changesOf(admin)).toHaveLength(3)
  })

  it('leaves one picture where two are set at once', async () => {
    const admin = await newAdmin()
    const made = await Promise.all(
      ['red', 'blue', 'green'].map(async (colour) =>
        setLogo(admin, { picture: await picture(colour) }),
      ),
    )
    const { logoId } = await getOrganization(admin)
    const left = await Promise.all(
      made.map(async (one) => {
        const bytes = await findRendition(product.db.pool, one.logoId, '128.png')
        return bytes ? [one.logoId] : []
      }),
    )
    expect(left.flat()).toEqual([logoId])
  })

  it('stays as it was when the new one is no picture', async () => {
    const admin = await newAdmin()
    const { logoId } = await setLogo(admin, { picture: await picture('red') })
    await expect(setLogo(admin, { picture: Buffer.from('<svg/>') })).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ pointer: '/picture' }],
    })
    expect(await getOrganization(admin)).toMatchObject({ logoId })
  })
})
