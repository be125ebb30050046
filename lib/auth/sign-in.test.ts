import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AuthFixture,
  openAuthFixture,
  PASSWORD,
  refusalOf,
  signInDoor,
} from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { hashPassword } from '@/lib/auth/passwords'
import { SIGN_IN_LIMITS } from '@/lib/auth/throttle'

let fixture: AuthFixture
beforeAll(async () => {
  fixture = await openAuthFixture()
})
afterAll(() => fixture.close())

let lastAddress = 0
/** Each test comes from an address of its own, so their counts do not mix. */
const newAddress = () => `192.0.2.${++lastAddress}`

function attempt(email: string, password: string, ip: string) {
  return signIn({ ...signInDoor(fixture.db, { ip }), email, password })
}

const wrong = {
  kind: 'unauthenticated',
  code: 'invalid_credentials',
  message: 'The e-mail address or the password is not right.',
}

describe('signing in', () => {
  it('opens a session of its own each time', async () => {
    const userId = await fixture.addPerson('ada@example.com')
    const ip = newAddress()
    const first = await attempt(' Ada@Example.com ', PASSWORD, ip)
    const second = await attempt('ada@example.com', PASSWORD, ip)
    expect(first.userId).toBe(userId)
    expect(second.sessionSecret).not.toBe(first.sessionSecret)
    expect(Buffer.from(first.sessionSecret, 'base64url')).toHaveLength(32)
  })

  it('stores the value nowhere', async () => {
    await fixture.addPerson('stored@example.com')
    const { sessionSecret } = await attempt('stored@example.com', PASSWORD, newAddress())
    const { rows } = await fixture.db.pool.query('SELECT s::text AS row FROM sessions s')
    for (const { row } of rows) {
      expect(row).not.toContain(sessionSecret)
      expect(row).not.toContain(Buffer.from(sessionSecret).toString('hex'))
    }
  })

  it('answers every failure with one text', async () => {
    const person = await fixture.addPerson('grace@example.com')
    const ip = newAddress()
    expect(await refusalOf(attempt('grace@example.com', 'not the password', ip))).toMatchObject(
      wrong,
    )
    expect(await refusalOf(attempt('nobody@example.com', PASSWORD, ip))).toMatchObject(wrong)
    expect(await refusalOf(attempt('not an address', PASSWORD, ip))).toMatchObject(wrong)
    expect(await refusalOf(attempt('grace@example.com', '', ip))).toMatchObject(wrong)
    await fixture.db.prisma.user.update({ where: { id: person }, data: { passwordHash: null } })
    expect(await refusalOf(attempt('grace@example.com', PASSWORD, ip))).toMatchObject(wrong)
  })

  it('does the same work for an unknown account', async () => {
    const id = await fixture.addPerson('timed@example.com')
    // As the product stores it: the hashes of other tests cost next to nothing.
    const passwordHash = await hashPassword(PASSWORD)
    await fixture.db.prisma.user.update({ where: { id }, data: { passwordHash } })
    const ip = newAddress()
    // CPU time, not the clock, and the least of a few: other tests run beside this one, in the same process.
    const cpuOf = async (email: string) => {
      const tries: number[] = []
      for (let count = 0; count < 3; count++) {
        const before = process.cpuUsage()
        await refusalOf(attempt(email, 'not the password', ip))
        tries.push(process.cpuUsage(before).user)
      }
      return Math.min(...tries)
    }
    const known = await cpuOf('timed@example.com')
    const unknown = await cpuOf('untimed@example.com')
    expect(unknown).toBeGreaterThan(known / 3)
  })
})

describe('throttling', () => {
  it('stops a guesser at one account, parallel or not, and refuses the right password too', async () => {
    await fixture.addPerson('victim@example.com')
    const ip = newAddress()
    const tries = await Promise.all(
      Array.from({ length: SIGN_IN_LIMITS.accountFromAddress + 8 }, (_, index) =>
        refusalOf(attempt('victim@example.com', `guess number ${index}`, ip)),
      ),
    )
    const looked = tries.filter(({ kind }) => kind === 'unauthenticated')
    expect(looked).toHaveLength(SIGN_IN_LIMITS.accountFromAddress)
    const late = await refusalOf(attempt('victim@example.com', PASSWORD, ip))
    expect(late).toMatchObject({ kind: 'throttled', code: 'too_many_attempts' })
    expect(late.retryAfterSeconds).toBeGreaterThan(0)
    expect(late.retryAfterSeconds).toBeLessThanOrEqual(SIGN_IN_LIMITS.windowSeconds)
  }, 60_000)

  it('does not lock the person out elsewhere, nor after the window', async () => {
    await fixture.addPerson('locked@example.com')
    const guesser = newAddress()
    const { throttle } = fixture
    for (let index = 0; index < SIGN_IN_LIMITS.accountFromAddress; index++) {
      await throttle.count({ email: 'locked@example.com', ip: guesser })
    }
    const end = await windowEnd('locked@example.com', guesser)
    await refusalOf(attempt('locked@example.com', PASSWORD, guesser))
    // Knocking on a closed door must not keep it closed for longer.
    expect(await windowEnd('locked@example.com', guesser)).toBe(end)
    await expect(attempt('locked@example.com', PASSWORD, newAddress())).resolves.toBeDefined()
  })

  it('treats unknown accounts alike', async () => {
    const ip = newAddress()
    const email = `${randomUUID()}@example.com`
    for (let index = 0; index < SIGN_IN_LIMITS.accountFromAddress; index++) {
      await fixture.throttle.count({ email, ip })
    }
    expect(await refusalOf(attempt(email, PASSWORD, ip))).toMatchObject({ kind: 'throttled' })
  })

  it('stops one address that walks over many accounts', async () => {
    const ip = newAddress()
    for (let index = 0; index < SIGN_IN_LIMITS.address; index++) {
      await fixture.throttle.count({ email: `person-${index}@example.com`, ip })
    }
    const next = fixture.throttle.count({ email: 'next@example.com', ip })
    expect(await refusalOf(next)).toMatchObject({ kind: 'throttled' })
  })

  it('counts an IPv6 network as one address', async () => {
    for (let index = 0; index < SIGN_IN_LIMITS.address; index++) {
      await fixture.throttle.count({
        email: `v6-${index}@example.com`,
        ip: `2001:db8:1:2::${index.toString(16)}`,
      })
    }
    const sameNetwork = { email: 'v6@example.com', ip: '2001:db8:1:2:ffff:1:2:3' }
    expect(await refusalOf(fixture.throttle.count(sameNetwork))).toMatchObject({
      kind: 'throttled',
    })
    await fixture.throttle.count({ email: 'v6@example.com', ip: '2001:db8:1:3::1' })
  })

  it('forgives the account after a success, but not what the address did to others', async () => {
    await fixture.addPerson('forgiven@example.com')
    const ip = newAddress()
    for (let index = 0; index < SIGN_IN_LIMITS.address - 1; index++) {
      await fixture.throttle.count({ email: `other-${index}@example.com`, ip })
    }
    await attempt('forgiven@example.com', PASSWORD, ip)
    await fixture.throttle.count({ email: 'last@example.com', ip })
    const next = fixture.throttle.count({ email: 'one-more@example.com', ip })
    expect(await refusalOf(next)).toMatchObject({ kind: 'throttled' })
  })

  it('keeps no e-mail address in its table', async () => {
    await fixture.throttle.count({ email: 'private@example.com', ip: newAddress() })
    const { rows } = await fixture.db.pool.query('SELECT key FROM auth_throttle')
    expect(rows.some(({ key }) => key.includes('private'))).toBe(false)
    expect(rows.length).toBeGreaterThan(0)
  })
})

async function windowEnd(email: string, ip: string): Promise<string> {
  const { rows } = await fixture.db.pool.query(
    `SELECT key, expire FROM auth_throttle WHERE key LIKE 'account-address:%' AND key LIKE $1`,
    [`% ${ip}`],
  )
  expect(rows, `one row for ${email}`).toHaveLength(1)
  return rows[0].expire
}
