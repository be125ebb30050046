import { afterAll, beforeAll, expect, it } from 'vitest'
import { resolveSession } from '@/lib/auth/sessions'
import { newId } from '@/lib/ids'
import { openProfileFixture, type ProfileFixture } from '@/lib/profile/profile-fixture'
import { listSessions, revokeOtherSessions, revokeSession } from '@/lib/profile/sessions'

let fixture: ProfileFixture
beforeAll(async () => {
  fixture = await openProfileFixture()
})
afterAll(() => fixture.close())

const isGood = async (sessionSecret: string) =>
  (await resolveSession(fixture.db, sessionSecret)) !== null

const CHROME_ON_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36'

it('lists the good ones of the caller, this one first, without a secret', async () => {
  const person = await fixture.person()
  await (await fixture.person()).signIn()
  const later = await person.signIn(CHROME_ON_WINDOWS)
  const ended = await person.signIn()
  await revokeSession(person.ctx, { sessionId: ended.sessionId })
  const sessions = await listSessions(person.ctx)
  expect(sessions).toMatchObject([
    { id: person.ctx.principal.sessionId, current: true, device: 'Unknown device' },
    { id: later.sessionId, current: false, device: 'Chrome on Windows', ip: '192.0.2.10' },
  ])
  expect(JSON.stringify(sessions)).not.toContain(later.sessionSecret)
})

it('says how each was signed in, and whose network it is', async () => {
  const person = await fixture.person()
  const { sessionId } = await person.signIn()
  await fixture.db.pool.query(
    `UPDATE sessions SET sign_in_method = 'PASSKEY', ip = '192.168.1.7' WHERE id = $1`,
    [sessionId],
  )
  expect(await listSessions(person.ctx)).toMatchObject([
    { current: true, signInMethod: 'PASSWORD' },
    { id: sessionId, signInMethod: 'PASSKEY', network: 'Private network' },
  ])
})

it('ends one at once and leaves the others', async () => {
  const person = await fixture.person()
  const [one, other] = [await person.signIn(), await person.signIn()]
  await revokeSession(person.ctx, { sessionId: one.sessionId })
  expect(await isGood(one.sessionSecret)).toBe(false)
  expect(await isGood(other.sessionSecret)).toBe(true)
  expect(await isGood(person.sessionSecret)).toBe(true)
})

it('ends all but the one that asked', async () => {
  const person = await fixture.person()
  const stranger = await fixture.person()
  const others = [await person.signIn(), await person.signIn()]
  await revokeOtherSessions(person.ctx)
  for (const { sessionSecret } of others) expect(await isGood(sessionSecret)).toBe(false)
  expect(await isGood(person.sessionSecret)).toBe(true)
  expect(await isGood(stranger.sessionSecret)).toBe(true)
})

it('treats somebody else’s session like one that does not exist', async () => {
  const person = await fixture.person('ADMIN')
  const stranger = await fixture.person()
  const { sessionId, sessionSecret } = await stranger.signIn()
  for (const id of [sessionId, newId()]) {
    await expect(revokeSession(person.ctx, { sessionId: id })).rejects.toMatchObject({
      code: 'not_found',
    })
  }
  expect(await isGood(sessionSecret)).toBe(true)
})
