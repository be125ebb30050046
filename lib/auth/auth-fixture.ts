import type { Role } from '@/lib/access/roles'
import { openCodeThrottle, openSignInThrottle } from '@/lib/auth/throttle'
import { type Database, openDatabase } from '@/lib/db/database'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { createTestDatabase } from '@/lib/testing/database'
import { quickPasswordHash } from '@/lib/testing/quick-password-hash'
import { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

export const PASSWORD = 'correct horse battery'

/** Keys of an installation that is nowhere else. */
export const KEYS = {
  emailLinks: new EmailLinkSealer('of the tests'),
  authenticatorSecrets: new AuthenticatorSecretSealer('of the tests'),
  webhookSecrets: new WebhookSecretSealer('of the tests'),
}

/** What signing in needs, from wherever it is tried. */
export function signInDoor(db: Database, from: { ip?: string; userAgent?: string } = {}) {
  return {
    db,
    crypto: KEYS,
    throttle: openSignInThrottle(db.pool),
    codeThrottle: openCodeThrottle(db.pool),
    request: {
      id: newId(),
      channel: 'dashboard' as const,
      ip: from.ip ?? null,
      userAgent: from.userAgent ?? null,
    },
  }
}

/** A database of its own for one test file, with people to sign in as. */
export async function openAuthFixture() {
  const database = await createTestDatabase()
  const db = openDatabase({ url: database.url, poolSize: 20 })
  const passwordHash = quickPasswordHash(PASSWORD)
  return {
    db,
    throttle: openSignInThrottle(db.pool),
    addOrganization: (slug: string, isDemo = false) => addOrganization(db, slug, isDemo),
    addPerson: (email: string, memberships: { organizationId: string; role: Role }[] = []) =>
      addPerson(db, { email, passwordHash, memberships }),
    async close() {
      await db.close()
      await database.drop()
    },
  }
}

export type AuthFixture = Awaited<ReturnType<typeof openAuthFixture>>

async function addOrganization(db: Database, slug: string, isDemo: boolean): Promise<string> {
  const id = newId()
  await db.prisma.organization.create({ data: { id, slug, name: `Organization ${slug}`, isDemo } })
  return id
}

async function addPerson(
  db: Database,
  input: {
    email: string
    passwordHash: string
    memberships: { organizationId: string; role: Role }[]
  },
): Promise<string> {
  const id = newId()
  const { email, passwordHash } = input
  await db.prisma.user.create({
    data: { id, email, passwordHash, displayName: `Person ${email}` },
  })
  for (const membership of input.memberships) {
    await db.prisma.membership.create({ data: { userId: id, ...membership } })
  }
  return id
}

/** The refusal a promise ends in, as comparable facts; fails loudly when it is none. */
export async function refusalOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => new Error('It was accepted.'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof DomainError)) throw error
  const { kind, code, message, retryAfterSeconds, errors } = error
  return { kind, code, message, retryAfterSeconds, errors }
}
