import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '@/lib/db/database'
import { deliverWaiting } from '@/lib/email/delivery'
import { startMailServer } from '@/lib/email/mail-server-fixture'
import { outboxFixture } from '@/lib/email/outbox-fixture'
import { openMailTransport } from '@/lib/email/transport'
import { listDeliveries } from '@/lib/notifications/deliveries'
import { sendDueDigests } from '@/lib/notifications/digest'
import {
  noticesOf,
  outboxOf,
  type PersonContext,
  tell,
  tokenChanged,
  unsubscribeSecretFor,
} from '@/lib/notifications/notifications-fixture'
import { savePreference, saveTimeZone } from '@/lib/notifications/preferences'
import { unsubscribe } from '@/lib/notifications/unsubscribe'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let ctx: PersonContext

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.db.pool.query('TRUNCATE notifications, outgoing_emails')
  ctx = await (await product.organization()).member('MEMBER')
  await saveTimeZone(ctx, { timeZone: 'Europe/Berlin' })
  await savePreference(ctx, { kind: 'token-changed', inApp: true, email: 'DAILY' })
})

/** Half past nine in Berlin, the day before. */
const NOTED = '2026-11-20T08:30:00Z'

async function noted(at: string): Promise<void> {
  await tell(ctx, tokenChanged(ctx))
  await product.db.pool.query(
    `UPDATE notifications SET created_at = $2
     WHERE id = (SELECT id FROM notifications WHERE user_id = $1 ORDER BY id DESC LIMIT 1)`,
    [ctx.principal.userId, at],
  )
}

const sendAt = (iso: string) => sendDueDigests(ctx, Date.parse(iso))
const outbox = () => outboxOf(product.db, ctx.principal.email)
const titles = async () =>
  (await outbox()).map(({ facts }) => (facts as { notices: unknown[] }).notices.length)

describe('the daily digest', () => {
  it('comes at eight where the person is, not before', async () => {
    await noted(NOTED)
    expect(await sendAt('2026-11-20T09:00:00Z')).toBe(0)
    expect(await sendAt('2026-11-21T06:59:59Z')).toBe(0)
    expect(await sendAt('2026-11-21T07:00:00Z')).toBe(1)
    const [digest] = await outbox()
    expect(digest).toMatchObject({
      template: 'digest',
      hasLink: true,
      facts: {
        displayName: ctx.principal.displayName,
        day: '21 Nov 2026',
        more: 0,
        inboxPath: `/${ctx.organization.slug}/notifications`,
      },
    })
    expect(await noticesOf(product.db, ctx.principal.userId)).toMatchObject([
      { emailId: digest?.id },
    ])
    // The log is of the last 90 days by the database's clock.
    await product.db.pool.query('UPDATE notifications SET created_at = now()')
    const [delivery] = (await listDeliveries(ctx)).items
    expect(delivery?.email).toMatchObject({ decision: 'DAILY', state: 'WAITING' })
    expect(delivery?.email.digestAt).toEqual(expect.any(Number))
  })

  it('comes once a day, and what comes later waits for the next', async () => {
    await noted(NOTED)
    await sendAt('2026-11-21T07:00:00Z')
    await noted('2026-11-21T07:00:00Z')
    // Written before eight by a slow transaction, seen only now.
    await noted('2026-11-21T06:59:00Z')
    expect(await sendAt('2026-11-21T07:15:00Z')).toBe(0)
    expect(await sendAt('2026-11-21T22:00:00Z')).toBe(0)
    expect(await sendAt('2026-11-22T07:00:00Z')).toBe(1)
    expect(await titles()).toEqual([1, 2])
  })

  it('is made by one of many processes', async () => {
    await noted(NOTED)
    await noted(NOTED)
    const elsewhere = openDatabase({ url: product.url, poolSize: 4 })
    const at = Date.parse('2026-11-21T07:00:00Z')
    const made = await Promise.all([
      ...Array.from({ length: 3 }, () => sendDueDigests(ctx, at)),
      ...Array.from({ length: 3 }, () => sendDueDigests({ ...ctx, db: elsewhere }, at)),
    ])
    await elsewhere.close()
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(1)
    expect(await titles()).toEqual([2])
  })

  it('after a downtime of days is one, with all that piled up', async () => {
    await noted('2026-11-17T08:30:00Z')
    await noted('2026-11-19T08:30:00Z')
    expect(await sendAt('2026-11-21T13:37:00Z')).toBe(1)
    expect(await sendAt('2026-11-21T13:52:00Z')).toBe(0)
    expect(await titles()).toEqual([2])
  })

  it('does not come where nothing waits', async () => {
    expect(await sendAt('2026-11-21T07:00:00Z')).toBe(0)
    await noted(NOTED)
    await savePreference(ctx, { kind: 'token-changed', inApp: true, email: 'OFF' })
    expect(await sendAt('2026-11-21T07:00:00Z')).toBe(0)
    expect(await outbox()).toEqual([])
  })

  it('that cannot be made holds up nobody else’s', async () => {
    const other = await (await product.organization()).member('MEMBER')
    await savePreference(other, { kind: 'token-changed', inApp: true, email: 'DAILY' })
    // Whichever of the two comes first.
    for (const person of [ctx, other]) {
      await product.db.pool.query('TRUNCATE notifications, outgoing_emails')
      await tell(ctx, tokenChanged(ctx))
      await tell(other, tokenChanged(other))
      await product.db.pool.query(
        `UPDATE notifications SET created_at = $1,
           facts = CASE WHEN user_id = $2 THEN facts - 'change' ELSE facts END`,
        [NOTED, person.principal.userId],
      )
      await expect(sendAt('2026-11-21T12:00:00Z')).rejects.toThrow('Some digests were not made.')
      const { rowCount } = await product.db.pool.query('SELECT 1 FROM outgoing_emails')
      expect(rowCount).toBe(1)
    }
  })

  it('lists fifty and counts the rest', async () => {
    for (let index = 0; index < 53; index++) await tell(ctx, tokenChanged(ctx))
    await product.db.pool.query('UPDATE notifications SET created_at = $1', [NOTED])
    await sendAt('2026-11-21T07:00:00Z')
    const [digest] = await outbox()
    expect(digest?.facts.more).toBe(3)
    expect(await titles()).toEqual([50])
    const notices = await noticesOf(product.db, ctx.principal.userId)
    expect(notices.every(({ emailId }) => emailId === digest?.id)).toBe(true)
  })

  it('arrives, with a way to end digests that ends no other e-mail', async () => {
    await noted(NOTED)
    await sendAt('2026-11-21T07:00:00Z')
    const secret = await unsubscribeSecretFor(ctx)
    const server = await startMailServer()
    const { runtime } = outboxFixture(product.db, server.url)
    const transport = openMailTransport(runtime.environment)
    await deliverWaiting({ ...runtime, crypto: ctx.crypto }, transport)
    transport?.close()
    await server.close()
    const [email] = server.taken
    expect(email?.subject).toBe('prod-server was revoked')
    expect(email?.text).toContain('You own this token.')
    const header = email?.headers.find(({ key }) => key === 'list-unsubscribe')?.value
    expect(header).toBe(`<https://settings.example.com/unsubscribe/${secret}/one-click>`)

    await unsubscribe({ db: product.db, crypto: ctx.crypto, secret })
    await tell(ctx, tokenChanged(ctx))
    const [, later] = await noticesOf(product.db, ctx.principal.userId)
    expect(later).toMatchObject({ inApp: true, email: 'OFF' })
  })
})
