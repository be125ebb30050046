import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEVICE_LADDER, DEVICE_PRESET_IDS, devicePreset } from '@/lib/access/device-presets'
import type { UserPrincipal } from '@/lib/access/principal'
import { refusalOf } from '@/lib/auth/auth-fixture'
import { openDeviceThrottle, openUserCodeThrottle, USER_CODE_LIMITS } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'
import { approveDevice, denyDevice, lookUpDevice } from '@/lib/device-authorization/decide'
import { deleteEndedGrants, startDeviceAuthorization } from '@/lib/device-authorization/grants'
import {
  deviceTokenName,
  normalizeUserCode,
  USER_CODE_ALPHABET,
  userCodeWords,
} from '@/lib/device-authorization/model'
import { pollDeviceAuthorization } from '@/lib/device-authorization/poll'
import { startDeviceAuthorizationSchema } from '@/lib/device-authorization/schema'
import { newId } from '@/lib/ids'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { verdictOn } from '@/lib/testing/token-fixture'
import { revokeToken } from '@/lib/tokens/revoke'

const DAY_MS = 24 * 60 * 60 * 1000

let product: ProductFixture
let org: OrganizationFixture
let admin: Context<UserPrincipal>

beforeAll(async () => {
  product = await createProductFixture()
  org = await product.organization()
  admin = await org.member('ADMIN')
})
afterAll(() => product.close())

const UNCOUNTED = { count: async () => undefined, release: async () => undefined }
const laptop = { preset: 'developer', clientName: 'Fruxon CLI', deviceLabel: 'laptop' } as const

function start(input: Parameters<typeof startDeviceAuthorization>[1] = laptop) {
  const request = { id: newId(), channel: 'api', ip: '192.0.2.7', userAgent: 'fruxon' } as const
  return startDeviceAuthorization({ db: product.db, throttle: UNCOUNTED, request }, input)
}

function poll(deviceCode: string) {
  const request = { id: newId(), channel: 'api', ip: '192.0.2.7', userAgent: 'fruxon' } as const
  return pollDeviceAuthorization({ db: product.db, crypto: admin.crypto, request }, deviceCode)
}

async function signIn(ctx: Context, input: Parameters<typeof start>[0] = laptop) {
  const { deviceCode, userCode } = await start(input)
  await approveDevice(ctx, { userCode, preset: input?.preset ?? 'developer' }, UNCOUNTED)
  const outcome = await poll(deviceCode)
  if (outcome.state === 'pending') throw new Error('It was approved.')
  return { ...outcome, deviceCode, userCode }
}

/** Lets time pass for a grant. */
const letPass = (userCode: string, seconds: number) =>
  product.db.pool.query(
    `UPDATE device_authorizations SET expires_at = expires_at - make_interval(secs => $2),
       last_polled_at = last_polled_at - make_interval(secs => $2) WHERE user_code = $1`,
    [normalizeUserCode(userCode), seconds],
  )

const everything = async () => {
  const { rows } = await product.db.pool.query<{ text: string }>(
    `SELECT string_agg(d::text, ' ') || (SELECT coalesce(string_agg(e::text, ' '), '') FROM audit.event e)
       || (SELECT coalesce(string_agg(t::text, ' '), '') FROM tokens t) AS text
     FROM device_authorizations d`,
  )
  return rows[0]?.text ?? ''
}

describe('a device', () => {
  it('gets a token of whoever approves, minted at its look and shown once', async () => {
    const { deviceCode, userCode } = await start()
    expect(await poll(deviceCode)).toMatchObject({ state: 'pending', intervalSeconds: 5 })
    const approved = await approveDevice(admin, { userCode, preset: 'developer' }, UNCOUNTED)
    expect(approved).toMatchObject({ clientName: 'Fruxon CLI', deviceLabel: 'laptop' })
    const tokens = 'SELECT 1 FROM tokens WHERE organization_id = $1'
    expect((await product.db.pool.query(tokens, [org.id])).rowCount).toBe(0)
    const outcome = await poll(deviceCode)
    if (outcome.state === 'pending') throw new Error('It was approved.')
    expect(outcome.organization.slug).toBe(org.slug)
    expect(outcome.token).toMatchObject({
      name: 'Fruxon CLI on laptop',
      type: 'USER',
      scopes: devicePreset('developer').scopes,
      owner: { id: admin.principal.userId },
    })
    expect(outcome.token.expiresAt).toBe(admin.now + 90 * DAY_MS)
    expect(await verdictOn(product.verifier, outcome.secret)).toBe('accepted')
    expect(await refusalOf(poll(deviceCode))).toMatchObject({
      kind: 'gone',
      code: 'device_grant_used',
    })
    const stored = await everything()
    expect(stored).not.toContain(outcome.secret)
    expect(stored).not.toContain(deviceCode)
    const told = await product.db.pool.query<{ facts: unknown }>(
      'SELECT facts FROM notifications WHERE user_id = $1',
      [admin.principal.userId],
    )
    expect(told.rows).toMatchObject([
      { facts: { device: 'Fruxon CLI on laptop', tokenId: outcome.token.id, ip: '192.0.2.7' } },
    ])
    const { rows } = await product.db.pool.query<{ type: string }>(
      `SELECT payload::json->>'eventType' AS type FROM audit.event WHERE organization_id = $1 ORDER BY seq`,
      [org.id],
    )
    expect(rows.map(({ type }) => type)).toEqual(['DEVICE_APPROVED', 'MINTED'])
  })

  it('gets one secret however often it looks at once', async () => {
    const { deviceCode, userCode } = await start()
    await approveDevice(admin, { userCode, preset: 'developer' }, UNCOUNTED)
    const looks = await Promise.allSettled(Array.from({ length: 6 }, () => poll(deviceCode)))
    expect(looks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('that signs in again gets its token replaced; ended ones are left alone', async () => {
    const deviceId = newId()
    const first = await signIn(admin, { ...laptop, deviceId })
    const second = await signIn(admin, { ...laptop, preset: 'observer', deviceId })
    expect(second.token.familyId).toBe(first.token.familyId)
    expect(second.token.scopes).toEqual(devicePreset('observer').scopes)
    expect(await verdictOn(product.verifier, first.secret)).toBe('rotated')
    expect(await verdictOn(product.verifier, second.secret)).toBe('accepted')
    await revokeToken(admin, { tokenId: second.token.id })
    const third = await signIn(admin, { ...laptop, deviceId })
    expect(third.token.familyId).not.toBe(first.token.familyId)
    // The id of a device is what anybody says it is: another person's token is not touched by it.
    const other = await signIn(await org.member('ADMIN'), { ...laptop, deviceId })
    expect(other.token.familyId).not.toBe(third.token.familyId)
    expect(await verdictOn(product.verifier, third.secret)).toBe('accepted')
  })

  it('that looks too often waits longer each time, and not once it was decided', async () => {
    const { deviceCode, userCode } = await start()
    await poll(deviceCode)
    const tooFast = { kind: 'throttled', code: 'slow_down' }
    expect(await refusalOf(poll(deviceCode))).toMatchObject({ ...tooFast, retryAfterSeconds: 10 })
    await letPass(userCode, 6)
    expect(await refusalOf(poll(deviceCode))).toMatchObject({ ...tooFast, retryAfterSeconds: 15 })
    await letPass(userCode, 15)
    expect(await poll(deviceCode)).toMatchObject({ state: 'pending', intervalSeconds: 15 })
    await approveDevice(admin, { userCode, preset: 'developer' }, UNCOUNTED)
    expect((await poll(deviceCode)).state).toBe('signed-in')
  })

  it('hears that it was turned away, that its time is over, and nothing of codes that are not', async () => {
    const denied = await start()
    await denyDevice(admin, denied, UNCOUNTED)
    expect((await refusalOf(poll(denied.deviceCode))).code).toBe('device_grant_denied')
    const late = await start()
    await letPass(late.userCode, 600)
    expect((await refusalOf(poll(late.deviceCode))).code).toBe('device_grant_expired')
    const approvedLate = await start()
    await approveDevice(admin, { ...approvedLate, preset: 'developer' }, UNCOUNTED)
    await letPass(approvedLate.userCode, 600)
    expect((await refusalOf(poll(approvedLate.deviceCode))).code).toBe('device_grant_expired')
    expect((await refusalOf(poll(`${late.deviceCode}x`))).kind).toBe('not-found')
    await letPass(late.userCode, 86_400)
    await deleteEndedGrants(product.db.pool)
    expect((await refusalOf(poll(late.deviceCode))).kind).toBe('not-found')
  })

  it('gets nothing once whoever approved has lost the power, the place, or the policy’s leave', async () => {
    const changes = [
      `UPDATE memberships SET role = 'FINANCE' WHERE organization_id = $1 AND user_id = $2`,
      'DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2',
      'UPDATE organizations SET token_max_lifetime_days = 30 WHERE id = $1 AND $2::uuid IS NOT NULL',
    ]
    for (const change of changes) {
      const place = await product.organization()
      const approver = await place.member('ADMIN')
      const { deviceCode, userCode } = await start()
      await approveDevice(approver, { userCode, preset: 'developer' }, UNCOUNTED)
      await product.db.pool.query(change, [place.id, approver.principal.userId])
      expect((await refusalOf(poll(deviceCode))).code, change).toBe('device_grant_denied')
    }
  })
})

describe('approving', () => {
  const approve = async (ctx: Context, input: object = {}) => {
    const { userCode } = await start()
    return refusalOf(
      approveDevice(ctx, { userCode, preset: 'developer', ...input }, UNCOUNTED).then(() => {
        throw new Error('It was approved.')
      }),
    )
  }

  it('needs a recent proof of identity, and the power that it hands on', async () => {
    const stale = await org.member('ADMIN', { reauthenticatedAt: Date.now() - 11 * 60 * 1000 })
    expect((await approve(stale)).code).toBe('reauthentication_required')
    const member = await org.member('MEMBER')
    expect((await approve(member)).code).toBe('scope_exceeds_yours')
    const { userCode } = await start()
    const narrowed = { userCode, preset: 'developer', scopes: ['agents:read'] } as const
    await approveDevice(member, { ...narrowed, scopes: ['agents:read'] }, UNCOUNTED)
    const bearer = await org.bearer((await signIn(admin)).secret)
    expect((await approve(bearer)).kind).toBe('forbidden')
  })

  it('repeats what was asked, and gives no more of it', async () => {
    expect((await approve(admin, { preset: 'admin' })).errors[0]?.pointer).toBe('/preset')
    const more = await approve(admin, { scopes: ['agents:read', 'organization:write'] })
    expect(more.errors[0]?.pointer).toBe('/scopes')
  })

  it('keeps to the policy, and so does the life that nobody chose', async () => {
    const strict = await product.organization({ maxLifetimeDays: 7, expiryRequired: true })
    const ctx = await strict.member('ADMIN')
    for (const expirationDays of [null, 8]) {
      expect((await approve(ctx, { expirationDays })).errors[0]?.pointer).toBe('/expirationDays')
    }
    const { token } = await signIn(ctx)
    expect(token.expiresAt).toBe(ctx.now + 7 * DAY_MS)
  })

  it('happens once: of a yes and a no at the same moment one counts', async () => {
    for (let round = 0; round < 5; round++) {
      const { userCode } = await start()
      const both = await Promise.allSettled([
        approveDevice(admin, { userCode, preset: 'developer' }, UNCOUNTED),
        denyDevice(admin, { userCode }, UNCOUNTED),
      ])
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })
})

describe('codes', () => {
  it('are found as they are typed, and no more once they are decided', async () => {
    const { userCode } = await start({ ...laptop, clientType: 'CLI' })
    const throttle = openUserCodeThrottle(product.db.pool)
    const looker = { db: product.db, throttle, person: admin.principal, ip: '192.0.2.1' }
    for (const typed of [userCode, ` ${userCode.toLowerCase().replace('-', '–')} `]) {
      expect(await lookUpDevice(looker, typed)).toMatchObject({
        userCode,
        clientName: 'Fruxon CLI',
        clientType: 'CLI',
        requestedPreset: 'developer',
        requestedIp: '192.0.2.7',
      })
    }
    await denyDevice(admin, { userCode }, UNCOUNTED)
    expect((await refusalOf(lookUpDevice(looker, userCode))).kind).toBe('not-found')
  })

  it('are guessed a few times only; right ones are given back', async () => {
    const throttle = openUserCodeThrottle(product.db.pool)
    const { userCode } = await start()
    const person = { userId: newId() }
    const looker = { db: product.db, throttle, person, ip: '192.0.2.99' }
    for (let look = 0; look < 5; look++) await lookUpDevice(looker, userCode)
    for (let guess = 0; guess < USER_CODE_LIMITS.person; guess++) {
      expect((await refusalOf(lookUpDevice(looker, 'BBBB-BBBB'))).kind).toBe('not-found')
    }
    expect(await refusalOf(lookUpDevice(looker, userCode))).toMatchObject({ kind: 'throttled' })
  })

  it('are asked for a few times only from one address', async () => {
    const throttle = openDeviceThrottle(product.db.pool)
    const asks = Array.from({ length: 61 }, () => throttle.count('192.0.2.200'))
    const refused = (await Promise.allSettled(asks)).filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(1)
  })

  it('survive any way of writing them, and nothing else passes for one', () => {
    const letter = fc.constantFrom(...USER_CODE_ALPHABET)
    const code = fc.array(letter, { minLength: 8, maxLength: 8 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(code, fc.constantFrom('-', ' ', '–', '', '. '), (letters, gap) => {
        const typed = `${letters.slice(0, 4)}${gap}${letters.slice(4)}`.toLowerCase()
        expect(normalizeUserCode(typed)).toBe(letters)
        expect(normalizeUserCode(userCodeWords(letters))).toBe(letters)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 20 }), (text) => {
        const read = normalizeUserCode(text)
        if (read !== null) expect(read).toMatch(new RegExp(`^[${USER_CODE_ALPHABET}]{8}$`))
      }),
    )
  })
})

it('each step of the ladder holds the one below, and the documented presets hold what they always do', () => {
  const sizes = DEVICE_PRESET_IDS.map((id) => [id, devicePreset(id).scopes.length])
  expect(Object.fromEntries(sizes)).toEqual({
    ...{ observer: 16, operator: 24, developer: 33, maintainer: 38, admin: 41 },
    ...{ runner: 2, builder: 14, 'read-only': 16 },
  })
  for (const [index, id] of DEVICE_LADDER.entries()) {
    const below = DEVICE_LADDER[index - 1]
    const own = devicePreset(id).scopes
    if (below) expect(own).toEqual(expect.arrayContaining([...devicePreset(below).scopes]))
  }
})

it('a device’s own words about itself fit a token’s name, and hide no letters', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(text, text, (clientName, deviceLabel) => {
      const read = startDeviceAuthorizationSchema.safeParse({
        ...{ preset: 'observer', clientName, deviceLabel },
      })
      if (!read.success) return
      const name = deviceTokenName({ clientName, deviceLabel })
      expect(name.length).toBeLessThanOrEqual(80)
      expect(name).not.toBe('')
    }),
  )
  for (const clientName of ['a\u202eb', 'a\u0000', '', ' ', 'x'.repeat(81)]) {
    const input = { preset: 'observer', clientName }
    expect(startDeviceAuthorizationSchema.safeParse(input).success).toBe(false)
  }
})
