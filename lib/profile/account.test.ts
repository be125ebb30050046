import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { removeAvatar, setAvatar } from '@/lib/profile/avatar'
import { updateDisplayName } from '@/lib/profile/commands'
import { exportMyData } from '@/lib/profile/export'
import { openProfileFixture, PASSWORD, type ProfileFixture } from '@/lib/profile/profile-fixture'
import { getProfile } from '@/lib/profile/queries'
import { mint } from '@/lib/testing/token-fixture'

let fixture: ProfileFixture
beforeAll(async () => {
  fixture = await openProfileFixture()
})
afterAll(() => fixture.close())

async function eventsOf(ctx: Context, targetId: string) {
  const admin = await fixture.organization.member('ADMIN')
  const { items } = await listAuditEvents({ ...admin, db: ctx.db }, { targetId })
  return items.map(({ eventType, details }) => ({ eventType, details }))
}

describe('the name', () => {
  it('changes once, in the log with both', async () => {
    const { ctx } = await fixture.person()
    const { userId, displayName: before } = ctx.principal
    const after = 'Ada Lindqvist'
    for (const _ of [1, 2]) await updateDisplayName(ctx, { displayName: after })
    expect(await getProfile(ctx)).toMatchObject({ displayName: after })
    expect(await eventsOf(ctx, userId)).toEqual([
      { eventType: 'PROFILE_UPDATED', details: { displayName: { before, after } } },
    ])
  })
})

describe('the picture', () => {
  const pixels = { width: 8, height: 8, channels: 3, background: 'teal' } as const
  const png = () => sharp({ create: pixels }).png().toBuffer()
  const count = async () => (await fixture.db.pool.query('SELECT 1 FROM pictures')).rowCount

  it('is replaced without leaving the earlier one behind, and removed', async () => {
    const { ctx } = await fixture.person()
    const first = await setAvatar(ctx, { picture: await png() })
    const second = await setAvatar(ctx, { picture: await png() })
    expect(second.avatarId).not.toBe(first.avatarId)
    expect((await getProfile(ctx)).avatarId).toBe(second.avatarId)
    expect(await count()).toBe(1)
    await removeAvatar(ctx)
    await removeAvatar(ctx)
    expect((await getProfile(ctx)).avatarId).toBeNull()
    expect(await count()).toBe(0)
    expect(await eventsOf(ctx, ctx.principal.userId)).toHaveLength(3)
  })

  it('stays where the new one cannot be read', async () => {
    const { ctx } = await fixture.person()
    const { avatarId } = await setAvatar(ctx, { picture: await png() })
    await expect(setAvatar(ctx, { picture: Buffer.from('<svg/>') })).rejects.toMatchObject({
      errors: [{ pointer: '/picture' }],
    })
    expect((await getProfile(ctx)).avatarId).toBe(avatarId)
  })
})

describe('the account', () => {
  it('counts the live tokens of the caller and no one else’s', async () => {
    const { ctx } = await fixture.person()
    await mint(ctx, { expirationDays: 3 })
    await mint(ctx, { expirationDays: 90 })
    await mint((await fixture.person()).ctx)
    expect(await getProfile(ctx)).toMatchObject({
      hasPassword: true,
      tokens: { live: 2, expiringSoon: 1 },
    })
  })

  it('is exported whole, as JSON, with no secret of any kind', async () => {
    const person = await fixture.person()
    const { ctx } = person
    const other = await fixture.addOrganization()
    await fixture.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'MEMBER')`,
      [other.id, ctx.principal.userId],
    )
    const token = await mint(ctx, { name: 'nightly' })
    const stranger = await mint((await fixture.person()).ctx, { name: 'not mine' })
    let text = ''
    for await (const chunk of await exportMyData(ctx)) text += chunk
    const data = JSON.parse(text) as Record<string, unknown>
    expect(data).toMatchObject({
      profile: { userId: ctx.principal.userId, email: ctx.principal.email },
      sessions: [{ id: ctx.principal.sessionId, current: true }],
      tokens: [{ organization: fixture.organization.slug, id: token.id, name: 'nightly' }],
      auditEvents: [{ organization: fixture.organization.slug, eventType: 'MINTED' }],
      twoFactor: { app: null, passkeys: [], recoveryCodesLeft: 0 },
      notificationPreferences: { timeZone: 'UTC' },
      notifications: [],
    })
    expect(data.memberships).toHaveLength(2)
    const { rows } = await fixture.db.pool.query<{ hash: string; digest: string }>(
      `SELECT u.password_hash AS hash, encode(t.digest, 'hex') AS digest
       FROM users u JOIN tokens t ON t.owner_user_id = u.id WHERE u.id = $1`,
      [ctx.principal.userId],
    )
    const { hash = '', digest = '' } = rows[0] ?? {}
    for (const secret of [
      hash,
      digest,
      token.secret,
      person.sessionSecret,
      PASSWORD,
      stranger.id,
    ]) {
      expect(secret).not.toBe('')
      expect(text).not.toContain(secret)
    }
  })
})
