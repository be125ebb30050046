import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import {
  type PersonContext,
  tell,
  tokenChanged,
  unsubscribeSecretFor,
} from '@/lib/notifications/notifications-fixture'
import { listPreferences, savePreference } from '@/lib/notifications/preferences'
import { findUnsubscription, unsubscribe } from '@/lib/notifications/unsubscribe'
import { unsubscribePath } from '@/lib/notifications/unsubscribe-secret'
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

const door = (secret: string) => ({ db: product.db, crypto: ctx.crypto, secret })

async function cadences(): Promise<Record<string, string>> {
  const { kinds } = await listPreferences(ctx)
  return Object.fromEntries(kinds.map(({ kind, email }) => [kind, email]))
}

describe('the link that ends e-mails', () => {
  it('names what it ends, and ends that kind only, for that person only', async () => {
    await tell(ctx, tokenChanged(ctx))
    const secret = await unsubscribeSecretFor(ctx)
    expect(await findUnsubscription(door(secret))).toEqual({
      label: 'Token changed by somebody else',
      email: ctx.principal.email,
    })
    expect((await cadences())['token-changed']).toBe('INSTANT')
    const before = await cadences()
    await unsubscribe(door(secret))
    await unsubscribe(door(secret))
    expect(await cadences()).toEqual({ ...before, 'token-changed': 'OFF' })
    const { kinds } = await listPreferences(ctx)
    expect(kinds.find(({ kind }) => kind === 'token-changed')?.inApp).toBe(true)
  })

  it('of a digest ends every kind that comes daily', async () => {
    await savePreference(ctx, { kind: 'token-changed', inApp: false, email: 'DAILY' })
    const what = { userId: ctx.principal.userId, what: 'digest' } as const
    const secret = unsubscribePath(ctx.crypto.emailLinks, what).replace('/unsubscribe/', '')
    expect(await findUnsubscription(door(secret))).toMatchObject({ label: 'Daily e-mail' })
    await unsubscribe(door(secret))
    expect(await cadences()).toMatchObject({ 'token-changed': 'OFF', 'token-expiring': 'INSTANT' })
  })

  it('cannot be made up, changed, or brought from elsewhere', async () => {
    const what = { userId: ctx.principal.userId, what: 'token-changed' } as const
    const secret = unsubscribePath(ctx.crypto.emailLinks, what).replace('/unsubscribe/', '')
    const elsewhere = unsubscribePath(new EmailLinkSealer('another secret'), what)
    const changed = `${secret.slice(0, 40)}${secret[40] === 'A' ? 'B' : 'A'}${secret.slice(41)}`
    const sealedAsLink = ctx.crypto.emailLinks
      .seal(ctx.principal.userId, '/x')
      .toString('base64url')
    for (const wrong of [
      '',
      'made-up',
      changed,
      secret.slice(0, 20),
      sealedAsLink,
      elsewhere.replace('/unsubscribe/', ''),
    ]) {
      expect(await findUnsubscription(door(wrong))).toBeNull()
      await expect(unsubscribe(door(wrong))).rejects.toMatchObject({ kind: 'not-found' })
    }
    expect((await cadences())['token-changed']).toBe('INSTANT')
  })

  it('ends nothing that is locked', async () => {
    const what = { userId: ctx.principal.userId, what: 'password-changed' } as const
    const secret = unsubscribePath(ctx.crypto.emailLinks, what).replace('/unsubscribe/', '')
    await unsubscribe(door(secret))
    expect((await cadences())['password-changed']).toBe('INSTANT')
  })

  it('of an account that is gone is unknown', async () => {
    await tell(ctx, tokenChanged(ctx))
    const secret = await unsubscribeSecretFor(ctx)
    await product.db.pool.query('DELETE FROM users WHERE id = $1', [ctx.principal.userId])
    expect(await findUnsubscription(door(secret))).toBeNull()
    await expect(unsubscribe(door(secret))).rejects.toMatchObject({ kind: 'not-found' })
  })
})
