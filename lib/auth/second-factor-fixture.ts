import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import { PASSWORD, signInDoor } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { createSession } from '@/lib/auth/sessions'
import { buildContext, type Context } from '@/lib/context'
import { createProductFixture } from '@/lib/testing/organization-fixture'
import { quickPasswordHash } from '@/lib/testing/quick-password-hash'

export type Person = Context<UserPrincipal>
type Origin = { ip?: string; userAgent?: string }

let lastAddress = 0
/** An IP address that nobody has come from: what is counted by address begins at none. */
export const newAddress = () => `198.51.100.${++lastAddress}`

/** A product whose people have a password and may get second factors, and the door they sign in by. */
export async function openSecondFactorFixture() {
  const product = await createProductFixture()
  const { db } = product
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const passwordHash = quickPasswordHash(PASSWORD)
  const doorOf = (ctx: Person, from: Origin = {}) => ({
    ...signInDoor(db, { ip: newAddress(), ...from }),
    crypto: ctx.crypto,
  })
  return {
    db,
    organization,
    addOrganization: product.organization,
    close: product.close,
    doorOf,
    /** Somebody with a password and a session of their own. */
    async person(): Promise<Person> {
      const ctx = await organization.member('MEMBER')
      const { userId } = ctx.principal
      await db.pool.query('UPDATE users SET password_hash = $2 WHERE id = $1', [
        userId,
        passwordHash,
      ])
      const { sessionId } = await createSession(db, { userId, ip: null, userAgent: null })
      return buildContext({ ...ctx, principal: { ...ctx.principal, sessionId } })
    },
    /** Signs in by the right password. */
    enter(ctx: Person, code?: string, from: Origin = {}) {
      const { email } = ctx.principal
      return signIn({ ...doorOf(ctx, from), email, password: PASSWORD, code })
    },
    async sessionsOf({ principal }: Person): Promise<number> {
      const { rows } = await db.pool.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM sessions WHERE user_id = $1',
        [principal.userId],
      )
      return rows[0]?.count ?? 0
    },
    async eventsAbout({ principal }: Person) {
      const { items } = await listAuditEvents(admin, {})
      return items.filter(({ target }) => target.id === principal.userId)
    },
  }
}

export type SecondFactorFixture = Awaited<ReturnType<typeof openSecondFactorFixture>>
