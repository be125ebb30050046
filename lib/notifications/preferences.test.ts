import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOTIFICATION_GROUPS } from '@/lib/notifications/kind'
import { NOTIFICATION_KINDS, type NotificationKind } from '@/lib/notifications/model'
import {
  noticesOf,
  outboxOf,
  type PersonContext,
  tell,
  tokenChanged,
} from '@/lib/notifications/notifications-fixture'
import { listPreferences, savePreference, saveTimeZone } from '@/lib/notifications/preferences'
import { sendTest } from '@/lib/notifications/test-notification'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let ctx: PersonContext

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  ctx = await (await product.organization()).member('FINANCE')
})

const preferenceOf = async (kind: NotificationKind) =>
  (await listPreferences(ctx)).kinds.find((one) => one.kind === kind)

describe('preferences', () => {
  it('begin with the defaults, by group', async () => {
    const { kinds, timeZone, digestHour } = await listPreferences(ctx)
    expect({ timeZone, digestHour }).toEqual({ timeZone: 'UTC', digestHour: 8 })
    const order = kinds.map(({ group }) => NOTIFICATION_GROUPS.indexOf(group))
    expect(order).toEqual([...order].sort())
    expect(kinds.map(({ kind }) => kind)).not.toContain('test')
    for (const { kind, inApp, email } of kinds) {
      const { inApp: shown, email: sent } = NOTIFICATION_KINDS[kind]
      expect({ kind, inApp, email }).toEqual({ kind, inApp: shown, email: sent })
    }
  })

  it('are kept, one for each kind', async () => {
    await savePreference(ctx, { kind: 'token-expiring', inApp: false, email: 'DAILY' })
    await savePreference(ctx, { kind: 'token-expiring', inApp: true, email: 'OFF' })
    expect(await preferenceOf('token-expiring')).toMatchObject({ inApp: true, email: 'OFF' })
    expect(await preferenceOf('token-changed')).toMatchObject({ inApp: true, email: 'INSTANT' })
  })

  it('of locked kinds cannot be changed', async () => {
    const locked = (Object.keys(NOTIFICATION_KINDS) as NotificationKind[]).filter(
      (kind) => NOTIFICATION_KINDS[kind].locked !== null,
    )
    expect(locked).toContain('new-sign-in')
    for (const kind of locked) {
      await expect(savePreference(ctx, { kind, inApp: false, email: 'OFF' })).rejects.toMatchObject(
        { code: 'notification_locked' },
      )
    }
  })

  it('switched off empties what waits for the digest', async () => {
    await savePreference(ctx, { kind: 'token-changed', inApp: true, email: 'DAILY' })
    await tell(ctx, tokenChanged(ctx))
    await savePreference(ctx, { kind: 'token-changed', inApp: true, email: 'OFF' })
    expect(await noticesOf(product.db, ctx.principal.userId)).toMatchObject([{ email: 'OFF' }])
  })
})

describe('the time zone', () => {
  it('is an IANA name', async () => {
    await saveTimeZone(ctx, { timeZone: 'America/St_Johns' })
    expect((await listPreferences(ctx)).timeZone).toBe('America/St_Johns')
    for (const timeZone of ['', 'Mars/Olympus', '+02:00', 'Europe/Berlin; DROP']) {
      await expect(saveTimeZone(ctx, { timeZone })).rejects.toMatchObject({ kind: 'invalid' })
    }
    expect((await listPreferences(ctx)).timeZone).toBe('America/St_Johns')
  })
})

describe('a test', () => {
  it('goes the way of all others, to the person who asks', async () => {
    await sendTest(ctx)
    expect(await noticesOf(product.db, ctx.principal.userId)).toMatchObject([
      { kind: 'test', reason: 'ASKED', inApp: true, email: 'INSTANT' },
    ])
    expect(await outboxOf(product.db, ctx.principal.email)).toMatchObject([
      { template: 'notification', facts: { title: 'Test notification', why: 'You asked for it.' } },
    ])
  })

  it('can be sent five times an hour, however many ask at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => sendTest(ctx)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    await expect(sendTest(ctx)).rejects.toMatchObject({
      kind: 'throttled',
      retryAfterSeconds: expect.any(Number),
    })
    expect(await outboxOf(product.db, ctx.principal.email)).toHaveLength(5)
  })
})
