import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '@/lib/auth/auth-fixture'
import { signIn, signOut } from '@/lib/auth/commands'
import { openSecondFactorFixture, type SecondFactorFixture } from '@/lib/auth/second-factor-fixture'

let fixture: SecondFactorFixture
beforeAll(async () => {
  fixture = await openSecondFactorFixture()
})
afterAll(() => fixture.close())

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0'
const NEWER_FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0'

describe('what is known of a sign-in', () => {
  it('is in the audit log, with how and from what', async () => {
    const ctx = await fixture.person()
    await fixture.enter(ctx, undefined, { userAgent: FIREFOX })
    expect(await fixture.eventsAbout(ctx)).toMatchObject([
      {
        eventType: 'SIGNED_IN',
        actor: { id: ctx.principal.userId },
        details: { method: 'PASSWORD', device: 'Firefox on Linux' },
      },
    ])
  })

  it('tells of its end too, once', async () => {
    const ctx = await fixture.person()
    const door = fixture.doorOf(ctx)
    const { email } = ctx.principal
    const { sessionSecret } = await signIn({ ...door, email, password: PASSWORD })
    await signOut({ ...door, sessionSecret, by: 'person' })
    await signOut({ ...door, sessionSecret, by: 'person' })
    expect(await fixture.eventsAbout(ctx)).toMatchObject([
      { eventType: 'SIGNED_OUT', details: { by: 'person' } },
      { eventType: 'SIGNED_IN' },
    ])
  })

  it('is told to the person where the device is new, and somebody had signed in before', async () => {
    const ctx = await fixture.person()
    const notices = async () => {
      const { rows } = await fixture.db.pool.query<{ device: string }>(
        `SELECT facts->>'device' AS device FROM notifications
         WHERE user_id = $1 AND kind = 'new-sign-in'`,
        [ctx.principal.userId],
      )
      return rows.map(({ device }) => device)
    }
    await fixture.db.pool.query('DELETE FROM sessions WHERE user_id = $1', [ctx.principal.userId])
    await fixture.enter(ctx, undefined, { userAgent: 'curl/8.5.0' })
    expect(await notices()).toEqual([])
    await fixture.enter(ctx, undefined, { userAgent: FIREFOX })
    expect(await notices()).toEqual(['Firefox on Linux'])
    await fixture.enter(ctx, undefined, { userAgent: NEWER_FIREFOX })
    expect(await notices()).toHaveLength(1)
    await fixture.db.pool.query(
      `UPDATE sessions SET last_seen_at = now() - interval '91 days' WHERE user_id = $1`,
      [ctx.principal.userId],
    )
    await fixture.enter(ctx, undefined, { userAgent: FIREFOX })
    expect(await notices()).toHaveLength(2)
  })
})
