import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendAudit } from '@/lib/audit/append'
import type { AuditEventType } from '@/lib/audit/events'
import { type AuditFilter, listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, rotate } from '@/lib/testing/token-fixture'
import { listTokenAuditEvents } from '@/lib/tokens/audit'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

function append(ctx: Context, label: string, eventType: AuditEventType = 'UPDATED') {
  const target = { type: 'token' as const, id: newId(), label, familyId: null }
  return appendAudit(product.db.pool, ctx, { eventType, target, details: {} })
}

const adminOf = async () => (await product.organization()).member('ADMIN')

describe('the trail of an organization', () => {
  it('is its own, newest first, with actor, target and request', async () => {
    const admin = await adminOf()
    await append(await adminOf(), 'elsewhere')
    await append(admin, 'first')
    await append(admin, 'second', 'REVOKED')
    const page = await listAuditEvents(admin, {})
    expect(page).toMatchObject({ totalCount: 2, nextPageToken: '' })
    expect(page.items.map(({ seq }) => seq)).toEqual([2, 1])
    expect(page.items[0]).toMatchObject({
      organizationId: admin.organization.id,
      eventType: 'REVOKED',
      actor: { type: 'USER', id: admin.principal.userId, label: admin.principal.displayName },
      target: { label: 'second' },
      request: { id: admin.request.id, channel: 'dashboard', ip: '192.0.2.10' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('is filtered by type, actor, target, text and time, and by all at once', async () => {
    const organization = await product.organization()
    const [ada, bob] = [await organization.member('ADMIN'), await organization.member('ADMIN')]
    const token = await mint(ada, { name: 'Payments 100%_live' })
    const next = await rotate(ada, token.id)
    const other = await mint(bob, { name: 'payments' })
    const labels = async (filter: AuditFilter) =>
      (await listAuditEvents(ada, filter)).items.map(({ eventType, seq }) => `${seq} ${eventType}`)
    expect(await labels({ eventTypes: ['ROTATED'] })).toEqual(['2 ROTATED'])
    expect(await labels({ eventTypes: [] })).toHaveLength(3)
    expect(await labels({ actorId: bob.principal.userId })).toEqual(['3 MINTED'])
    expect(await labels({ targetId: next.id })).toEqual(['2 ROTATED'])
    expect(await labels({ targetId: token.id })).toEqual(['2 ROTATED', '1 MINTED'])
    expect(await labels({ search: 'PAYMENTS' })).toHaveLength(3)
    // Text is text: no character of it means "anything".
    expect(await labels({ search: '100%_LIVE' })).toHaveLength(2)
    expect(await labels({ search: '100%live' })).toEqual([])
    expect(await labels({ search: other.id })).toEqual(['3 MINTED'])
    const { items } = await listAuditEvents(ada, {})
    const second = items[1]?.createdAt ?? 0
    const between = items.filter(({ createdAt }) => createdAt >= second && createdAt < second + 1)
    expect(await labels({ from: second, to: second + 1 })).toHaveLength(between.length)
    expect(await labels({ to: items[2]?.createdAt ?? 0 })).toEqual([])
    const all = { eventTypes: ['MINTED', 'ROTATED'] as const, actorId: ada.principal.userId }
    expect(await labels({ ...all, search: 'payments', from: 0 })).toEqual(['2 ROTATED', '1 MINTED'])
  })

  it('of a logical token spans its rotations and can be filtered by type', async () => {
    const admin = await adminOf()
    const token = await mint(admin)
    const next = await rotate(admin, token.id)
    await mint(admin, { name: 'another' })
    const history = async (tokenId: string, eventTypes?: AuditEventType[]) =>
      (await listTokenAuditEvents(admin, { tokenId, eventTypes })).items.map((e) => e.eventType)
    expect(await history(token.id)).toEqual(['ROTATED', 'MINTED'])
    expect(await history(next.id)).toEqual(['ROTATED', 'MINTED'])
    expect(await history(next.id, ['MINTED'])).toEqual(['MINTED'])
  })
})

describe('pages of the trail', () => {
  it('neither skip nor double while events are added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 15 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 3 }),
        async (count, pageSize, added) => {
          const admin = await adminOf()
          for (let index = 0; index < count; index++) await append(admin, `${index}`)
          const seen: number[] = []
          let pageToken = ''
          do {
            const page = await listAuditEvents(admin, { pageSize, pageToken })
            seen.push(...page.items.map(({ seq }) => seq))
            pageToken = page.nextPageToken
            for (let index = 0; index < added; index++) await append(admin, 'added')
          } while (pageToken !== '')
          expect(seen).toEqual(Array.from({ length: count }, (_, index) => count - index))
        },
      ),
      { numRuns: 10 },
    )
  })

  it('go on under the same filters only, in the same organization only, with any size', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    for (const label of ['a', 'b', 'c', 'd']) await append(admin, label)
    const { nextPageToken } = await listAuditEvents(admin, { pageSize: 1 })
    const wrong = { kind: 'invalid', errors: [{ pointer: '/query/pageToken' }] }
    const attempts: [Context, AuditFilter][] = [
      [admin, { search: 'a' }],
      [admin, { from: 0 }],
      [admin, { eventTypes: ['UPDATED'] }],
      [await adminOf(), {}],
    ]
    for (const [ctx, filter] of attempts) {
      await expect(
        listAuditEvents(ctx, { ...filter, pageToken: nextPageToken }),
      ).rejects.toMatchObject(wrong)
    }
    const rest = await listAuditEvents(admin, { pageToken: nextPageToken, pageSize: 200 })
    expect(rest.items.map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect(rest.nextPageToken).toBe('')
  })
})
