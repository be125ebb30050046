import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChangeBus } from '@/lib/db/change-bus'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'
import {
  noticesOf,
  outboxOf,
  type PersonContext,
  tell,
  tokenChanged,
} from '@/lib/notifications/notifications-fixture'
import { channelOf, notify } from '@/lib/notifications/notify'
import { savePreference } from '@/lib/notifications/preferences'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let person: PersonContext

beforeAll(async () => {
  product = await createProductFixture()
  person = await (await product.organization()).member('MEMBER')
})
afterAll(() => product.close())

const notices = (ctx: PersonContext) => noticesOf(product.db, ctx.principal.userId)
const outbox = (ctx: PersonContext) => outboxOf(product.db, ctx.principal.email)
const another = async () => (await product.organization()).member('MEMBER')

describe('a notification', () => {
  it('is kept with what was decided, and its e-mail waits', async () => {
    const ctx = await another()
    await tell(ctx, tokenChanged(ctx))
    const [notice] = await notices(ctx)
    const [email] = await outbox(ctx)
    expect(notice).toMatchObject({
      kind: 'token-changed',
      reason: 'OWNER',
      inApp: true,
      email: 'INSTANT',
      emailId: email?.id,
    })
    expect(email).toMatchObject({ template: 'notification', hasLink: true })
    expect(email?.facts).toMatchObject({
      title: 'prod-server was revoked',
      why: 'You own this token.',
      organizationName: ctx.organization.name,
      action: {
        path: `/${ctx.organization.slug}/settings/api-access/tokens/${notice?.facts.tokenId}`,
      },
    })
    expect(email?.facts.body).toContain('20 Nov 2026, 10:00 UTC')
  })

  it('says dates as the person reads them', async () => {
    const ctx = await another()
    await product.db.pool.query(`UPDATE users SET time_zone = 'Asia/Kolkata' WHERE id = $1`, [
      ctx.principal.userId,
    ])
    await tell(ctx, tokenChanged(ctx))
    expect((await outbox(ctx))[0]?.facts.body).toContain('20 Nov 2026, 15:30 (Asia/Kolkata)')
  })

  it('reaches nobody where the transaction fails', async () => {
    const ctx = await another()
    const failing = sqlTransaction(product.db.pool, async (client) => {
      await notify(client, ctx.crypto.emailLinks, tokenChanged(ctx))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect([await notices(ctx), await outbox(ctx)]).toEqual([[], []])
  })

  it('comes once for a key, also to those who race', async () => {
    const ctx = await another()
    const once = tokenChanged(ctx)
    await Promise.all(Array.from({ length: 8 }, () => tell(ctx, once)))
    await tell(ctx, once)
    expect(await notices(ctx)).toHaveLength(1)
    expect(await outbox(ctx)).toHaveLength(1)
  })

  it('reaches any number of people by as many queries as one', async () => {
    const organization = await product.organization()
    const people = await Promise.all(Array.from({ length: 12 }, () => organization.member('ADMIN')))
    const [first] = people
    if (!first) throw new Error('Nobody is there.')
    const recipients = people.map(({ principal }) => ({
      userId: principal.userId,
      reason: 'ADMIN' as const,
    }))
    let queries = 0
    await sqlTransaction(product.db.pool, async (client) => {
      const counting = {
        query: (...input: unknown[]) => {
          queries++
          return (client.query as (...given: unknown[]) => unknown)(...input)
        },
      } as unknown as typeof client
      const notification = tokenChanged(first, { recipients: [...recipients] })
      await notify(counting, first.crypto.emailLinks, notification)
    })
    expect(queries).toBe(3)
    for (const ctx of people) {
      expect(await notices(ctx)).toHaveLength(1)
      expect((await outbox(ctx))[0]?.facts.why).toBe(
        `You are an admin of ${first.organization.name}.`,
      )
    }
  })

  it('passes over who is gone', async () => {
    const ctx = await another()
    const gone = { userId: newId(), reason: 'OWNER' as const }
    const { recipients } = tokenChanged(ctx)
    await tell(ctx, tokenChanged(ctx, { recipients: [gone, ...recipients] }))
    expect(await notices(ctx)).toHaveLength(1)
  })

  it('signals those it reaches', async () => {
    const bus = new ChangeBus(product.url, () => undefined)
    await bus.start()
    const { userId } = person.principal
    const signalled = new Promise<string>((resolve) => bus.subscribe(channelOf(userId), resolve))
    await tell(person, tokenChanged(person))
    expect(await signalled).toBe(`notifications/${userId}`)
    await bus.stop()
  })
})

describe('preferences', () => {
  it.each([
    { inApp: true, email: 'DAILY' },
    { inApp: true, email: 'OFF' },
    { inApp: false, email: 'OFF' },
  ] as const)('%j send nothing at once, and the log keeps the notice', async (preference) => {
    const ctx = await another()
    await savePreference(ctx, { kind: 'token-changed', ...preference })
    await tell(ctx, tokenChanged(ctx))
    expect(await notices(ctx)).toMatchObject([{ ...preference, emailId: null }])
    expect(await outbox(ctx)).toEqual([])
  })

  it('of another kind, or of somebody else, change nothing', async () => {
    const ctx = await another()
    const other = await another()
    await savePreference(ctx, { kind: 'token-expiring', inApp: false, email: 'OFF' })
    await savePreference(other, { kind: 'token-changed', inApp: false, email: 'OFF' })
    await tell(ctx, tokenChanged(ctx))
    expect(await notices(ctx)).toMatchObject([{ inApp: true, email: 'INSTANT' }])
  })

  it('do not silence what is locked, even where a row says so', async () => {
    const ctx = await another()
    const { userId } = ctx.principal
    await product.db.pool.query(
      `INSERT INTO notification_preferences (user_id, kind, in_app, email)
       VALUES ($1, 'password-changed', false, 'OFF')`,
      [userId],
    )
    await tell(ctx, {
      kind: 'password-changed',
      facts: { ip: null, at: Date.now() },
      organizationId: null,
      recipients: [{ userId, reason: 'ACCOUNT' }],
      idempotencyKey: newId(),
    })
    expect(await notices(ctx)).toMatchObject([{ inApp: true, email: 'INSTANT' }])
    expect(await outbox(ctx)).toMatchObject([{ template: 'notification', hasLink: false }])
    // Without an organization, links lead to one of the person's own.
    expect((await outbox(ctx))[0]?.facts).toMatchObject({
      action: { path: `/${ctx.organization.slug}/settings/profile?tab=security` },
    })
  })
})
