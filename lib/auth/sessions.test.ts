import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AuthFixture,
  openAuthFixture,
  PASSWORD,
  refusalOf,
  signInDoor,
} from '@/lib/auth/auth-fixture'
import { signOut } from '@/lib/auth/commands'
import { confirmIdentity } from '@/lib/auth/confirm-identity'
import {
  createSession,
  reauthenticateSession,
  resolveSession,
  revokeAllSessions,
} from '@/lib/auth/sessions'
import { SIGN_IN_LIMITS } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'

let fixture: AuthFixture
beforeAll(async () => {
  fixture = await openAuthFixture()
})
afterAll(() => fixture.close())

let people = 0
async function newSession() {
  const email = `person-${++people}@example.com`
  const userId = await fixture.addPerson(email)
  const session = await createSession(fixture.db, { userId, ip: null, userAgent: null })
  return { email, userId, ...session }
}

const resolve = (secret: string) => resolveSession(fixture.db, secret)

/** Time passes in the database, whose clock decides. */
async function age(sessionId: string, column: string, interval: string) {
  await fixture.db.pool.query(
    `UPDATE sessions SET ${column} = ${column} - $2::interval WHERE id = $1`,
    [sessionId, interval],
  )
}

describe('resolving a session', () => {
  it('brings the person and their memberships in one query', async () => {
    const acme = await fixture.addOrganization('acme')
    const beta = await fixture.addOrganization('beta')
    const userId = await fixture.addPerson('two@example.com', [
      { organizationId: beta, role: 'MEMBER' },
      { organizationId: acme, role: 'ADMIN' },
    ])
    const { sessionSecret, sessionId } = await createSession(fixture.db, {
      userId,
      ip: '192.0.2.1',
      userAgent: 'test',
    })
    const session = await resolve(sessionSecret)
    expect(session).toMatchObject({ id: sessionId, userId, email: 'two@example.com' })
    expect(session?.memberships).toEqual([
      {
        role: 'ADMIN',
        logoId: null,
        twoFactorRequired: false,
        organization: {
          id: acme,
          slug: 'acme',
          name: 'Organization acme',
          policy: { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true },
        },
      },
      expect.objectContaining({ role: 'MEMBER' }),
    ])
    expect(session?.reauthenticatedAt).toBeLessThanOrEqual(session?.now ?? 0)
  })

  it('knows no other value', async () => {
    const { sessionSecret } = await newSession()
    expect(await resolve(`${sessionSecret}x`)).toBeNull()
    expect(await resolve('')).toBeNull()
  })

  it('ends after 30 days, and after 14 without use', async () => {
    const old = await newSession()
    await age(old.sessionId, 'expires_at', '29 days 23 hours 59 minutes')
    expect(await resolve(old.sessionSecret)).not.toBeNull()
    await age(old.sessionId, 'expires_at', '1 minute')
    expect(await resolve(old.sessionSecret)).toBeNull()

    const idle = await newSession()
    await age(idle.sessionId, 'last_seen_at', '14 days')
    expect(await resolve(idle.sessionSecret)).toBeNull()
  })

  it('writes "seen" at most once a minute', async () => {
    const { sessionSecret, sessionId } = await newSession()
    const seen = async () => {
      const { rows } = await fixture.db.pool.query(
        'SELECT last_seen_at::text AS at, xmin::text FROM sessions WHERE id = $1',
        [sessionId],
      )
      return rows[0]
    }
    const fresh = await seen()
    await resolve(sessionSecret)
    expect(await seen()).toEqual(fresh)
    await age(sessionId, 'last_seen_at', '61 seconds')
    await Promise.all(Array.from({ length: 8 }, () => resolve(sessionSecret)))
    const touched = await seen()
    await resolve(sessionSecret)
    expect(await seen()).toEqual(touched)
    expect(Date.parse(touched.at)).toBeGreaterThanOrEqual(Date.parse(fresh.at))
  })

  it('is gone with its person', async () => {
    const { sessionSecret, userId } = await newSession()
    await fixture.db.prisma.user.delete({ where: { id: userId } })
    expect(await resolve(sessionSecret)).toBeNull()
  })
})

describe('ending sessions', () => {
  it('is felt by the very next request', async () => {
    const { sessionSecret } = await newSession()
    await signOut({ ...signInDoor(fixture.db), sessionSecret, by: 'person' })
    expect(await resolve(sessionSecret)).toBeNull()
  })

  it('ends all of one person, but for the one that asked, and nobody else’s', async () => {
    const mine = await newSession()
    const asking = await createSession(fixture.db, {
      userId: mine.userId,
      ip: null,
      userAgent: null,
    })
    const other = await newSession()
    const { userId } = mine
    const ended = await revokeAllSessions(fixture.db, {
      userId,
      exceptSessionId: asking.sessionId,
    })
    expect(ended).toBe(1)
    expect(await resolve(mine.sessionSecret)).toBeNull()
    expect(await resolve(asking.sessionSecret)).not.toBeNull()
    expect(await resolve(other.sessionSecret)).not.toBeNull()
  })
})

describe('confirming by the password', () => {
  const contextOf = (session: Awaited<ReturnType<typeof newSession>>): Context => ({
    principal: {
      kind: 'user',
      userId: session.userId,
      sessionId: session.sessionId,
      displayName: 'Person',
      email: session.email,
      role: 'MEMBER',
      reauthenticatedAt: 0,
    },
    organization: {
      id: 'unused',
      slug: 'unused',
      name: 'unused',
      policy: { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true },
    },
    db: fixture.db,
    get crypto(): never {
      throw new Error('No cryptography is needed to confirm a password.')
    },
    now: Date.now(),
    request: { id: 'test', channel: 'dashboard', ip: '198.51.100.7', userAgent: null },
  })
  const confirm = (session: Awaited<ReturnType<typeof newSession>>, password: string) =>
    confirmIdentity(
      contextOf(session),
      { method: 'password', password },
      { ...signInDoor(fixture.db), relyingParty: { id: 'x', name: 'x', origin: 'x' } },
    )

  it('sets the time of the proof by the database’s clock', async () => {
    const session = await newSession()
    await age(session.sessionId, 'reauthenticated_at', '1 hour')
    const before = await resolve(session.sessionSecret)
    const { reauthenticatedAt } = await confirm(session, PASSWORD)
    const after = await resolve(session.sessionSecret)
    expect(after?.reauthenticatedAt).toBe(reauthenticatedAt)
    expect(reauthenticatedAt - (before?.reauthenticatedAt ?? 0)).toBeGreaterThanOrEqual(3_600_000)
  })

  it('says which field is wrong and leaves the window closed', async () => {
    const session = await newSession()
    await age(session.sessionId, 'reauthenticated_at', '1 hour')
    expect(await refusalOf(confirm(session, 'not it'))).toMatchObject({
      kind: 'invalid',
      code: 'password_incorrect',
      errors: [{ pointer: '/password' }],
    })
    const after = await resolve(session.sessionSecret)
    expect((after?.now ?? 0) - (after?.reauthenticatedAt ?? 0)).toBeGreaterThanOrEqual(3_600_000)
  })

  it('is throttled, so a stolen session is no place to guess', async () => {
    const session = await newSession()
    for (let index = 0; index < SIGN_IN_LIMITS.accountFromAddress; index++) {
      await fixture.throttle.count({ email: session.email, ip: '198.51.100.7' })
    }
    expect(await refusalOf(confirm(session, PASSWORD))).toMatchObject({ kind: 'throttled' })
  })

  it('does not revive a session that has ended', async () => {
    const session = await newSession()
    const { sessionSecret } = session
    await signOut({ ...signInDoor(fixture.db), sessionSecret, by: 'person' })
    expect(await reauthenticateSession(fixture.db, session.sessionId)).toBeNull()
    expect(await refusalOf(confirm(session, PASSWORD))).toMatchObject({ kind: 'unauthenticated' })
  })
})
