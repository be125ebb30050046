import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDeliveries } from '@/lib/notifications/deliveries'
import { listInbox, markRead, unreadCount } from '@/lib/notifications/inbox'
import { type PersonContext, tell, tokenChanged } from '@/lib/notifications/notifications-fixture'
import { savePreference } from '@/lib/notifications/preferences'
import { PAGE_SIZE } from '@/lib/notifications/rows'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let ctx: PersonContext

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  ctx = await (await product.organization()).member('MEMBER')
})

const count = () => unreadCount(product.db, ctx.principal.userId)

describe('the inbox', () => {
  it('shows newest first, in pages without gaps while notices come', async () => {
    for (let index = 0; index < PAGE_SIZE + 5; index++) await tell(ctx, tokenChanged(ctx))
    const first = await listInbox(ctx)
    await tell(ctx, tokenChanged(ctx))
    const second = await listInbox(ctx, { pageToken: first.nextPageToken })
    expect([first.items.length, second.items.length]).toEqual([PAGE_SIZE, 5])
    expect(second.nextPageToken).toBe('')
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(ids).toEqual([...ids].sort().reverse())
    expect(new Set(ids).size).toBe(PAGE_SIZE + 5)
  })

  it('refuses the page token of somebody else, and of another list', async () => {
    for (let index = 0; index < PAGE_SIZE + 1; index++) await tell(ctx, tokenChanged(ctx))
    const { nextPageToken: pageToken } = await listInbox(ctx)
    const other = await (await product.organization()).member('MEMBER')
    await expect(listInbox(other, { pageToken })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(listInbox(ctx, { pageToken, unreadOnly: true })).rejects.toMatchObject({
      kind: 'invalid',
    })
  })

  it('says what, where and why', async () => {
    await tell(ctx, tokenChanged(ctx))
    const { items } = await listInbox(ctx)
    expect(items).toMatchObject([
      {
        kind: 'token-changed',
        title: 'prod-server was revoked',
        organizationName: ctx.organization.name,
        why: 'You own this token.',
        action: { label: 'Open the token' },
        readAt: null,
      },
    ])
    expect(items[0]?.createdAt).toBeLessThanOrEqual(Date.now() + 1000)
  })

  it('follows an organization to its new address, and leads nowhere once the person has left', async () => {
    await tell(ctx, tokenChanged(ctx))
    await product.db.pool.query(`UPDATE organizations SET slug = slug || '-moved' WHERE id = $1`, [
      ctx.organization.id,
    ])
    const [moved] = (await listInbox(ctx)).items
    expect(moved?.action?.path).toMatch(new RegExp(`^/${ctx.organization.slug}-moved/settings/`))
    await product.db.pool.query('DELETE FROM memberships WHERE user_id = $1', [
      ctx.principal.userId,
    ])
    expect((await listInbox(ctx)).items).toMatchObject([{ action: null }])
  })

  it('leaves out what its reader wants by e-mail only, and what only a newer process knows', async () => {
    await savePreference(ctx, { kind: 'token-changed', inApp: false, email: 'INSTANT' })
    await tell(ctx, tokenChanged(ctx))
    expect((await listInbox(ctx)).items).toEqual([])
    expect((await listDeliveries(ctx)).items).toHaveLength(1)
    await product.db.pool.query(
      `UPDATE notifications SET in_app = true, kind = 'of-tomorrow' WHERE user_id = $1`,
      [ctx.principal.userId],
    )
    expect((await listInbox(ctx)).items).toEqual([])
    expect(await count()).toBe(0)
  })
})

describe('reading', () => {
  it('marks the named ones, then all, and keeps the first moment', async () => {
    for (let index = 0; index < 3; index++) await tell(ctx, tokenChanged(ctx))
    const [newest] = (await listInbox(ctx)).items
    if (!newest) throw new Error('The inbox is empty.')
    expect(await count()).toBe(3)
    await markRead(ctx, { ids: [newest.id] })
    expect(await count()).toBe(2)
    expect((await listInbox(ctx, { unreadOnly: true })).items).toHaveLength(2)
    const readAt = (await listInbox(ctx)).items[0]?.readAt
    await markRead(ctx, { all: true })
    expect(await count()).toBe(0)
    expect((await listInbox(ctx)).items[0]?.readAt).toBe(readAt)
  })

  it('is of nobody else', async () => {
    const other = await (await product.organization()).member('ADMIN')
    await tell(ctx, tokenChanged(ctx))
    const ids = (await listInbox(ctx)).items.map(({ id }) => id)
    await markRead(other, { ids })
    await markRead(other, { all: true })
    expect(await count()).toBe(1)
    expect((await listInbox(other)).items).toEqual([])
  })
})

describe('the delivery log', () => {
  const emails = async () => (await listDeliveries(ctx)).items.map(({ email }) => email)

  it('tells what was decided and what became of it', async () => {
    await tell(ctx, tokenChanged(ctx))
    expect(await emails()).toEqual([
      { decision: 'INSTANT', state: 'WAITING', sentAt: null, problem: null, digestAt: null },
    ])
    await product.db.pool.query(
      `UPDATE outgoing_emails SET state = 'SENT', sent_at = now() WHERE recipient = $1`,
      [ctx.principal.email],
    )
    expect(await emails()).toMatchObject([{ state: 'SENT', sentAt: expect.any(Number) }])
    await savePreference(ctx, { kind: 'token-changed', inApp: true, email: 'DAILY' })
    await tell(ctx, tokenChanged(ctx))
    expect((await emails())[0]).toMatchObject({ decision: 'DAILY', state: 'DIGEST' })
    await savePreference(ctx, { kind: 'token-changed', inApp: true, email: 'OFF' })
    expect((await emails())[0]).toMatchObject({ decision: 'OFF', state: 'NONE' })
  })

  it('ends after 90 days', async () => {
    await tell(ctx, tokenChanged(ctx))
    await product.db.pool.query(
      `UPDATE notifications SET created_at = now() - interval '91 days' WHERE user_id = $1`,
      [ctx.principal.userId],
    )
    expect(await emails()).toEqual([])
  })
})
