import { randomBytes } from 'node:crypto'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import { buildContext, type Context, type TokenPolicy } from '@/lib/context'
import { type Database, openDatabase } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { PageTokenSealer } from '@/lib/page-token'
import { createTestDatabase } from '@/lib/testing/database'
import { parsePeppers } from '@/lib/tokens/digest'
import { TokenVerifier } from '@/lib/tokens/verify'

/** A fresh database with what most tests need: organizations, people, contexts. */
export interface ProductFixture {
  db: Database
  url: string
  verifier: TokenVerifier
  /** A new organization with its own policy. */
  organization(policy?: Partial<TokenPolicy>): Promise<OrganizationFixture>
  close(): Promise<void>
}

export interface OrganizationFixture {
  id: string
  slug: string
  /** A new member, signed in just now. */
  member(role: Role, traits?: { reauthenticatedAt?: number }): Promise<Context<UserPrincipal>>
  /** The context that a bearer of the secret gets; throws where it is refused. */
  bearer(secret: string): Promise<Context>
  /** The same context with the organization's policy read anew. */
  refresh<C extends Context>(ctx: C): Promise<C>
}

const crypto = {
  peppers: parsePeppers(`1:${randomBytes(32).toString('base64')}`),
  pageTokens: new PageTokenSealer(randomBytes(32).toString('base64')),
}

function requestFacts(channel: 'dashboard' | 'api') {
  return { id: newId(), channel, ip: '192.0.2.10', userAgent: 'fixture' }
}

export async function createProductFixture(): Promise<ProductFixture> {
  const database = await createTestDatabase()
  const db = openDatabase({ url: database.url, poolSize: 12 })
  const verifier = new TokenVerifier(db.pool, crypto.peppers)
  return {
    db,
    url: database.url,
    verifier,
    organization: (policy) => createOrganization(db, verifier, policy),
    async close() {
      await db.close()
      await database.drop()
    },
  }
}

async function readPolicy(db: Database, organizationId: string): Promise<TokenPolicy> {
  const row = await db.prisma.organization.findUniqueOrThrow({ where: { id: organizationId } })
  return {
    maxLifetimeDays: row.tokenMaxLifetimeDays,
    expiryRequired: row.tokenExpiryRequired,
    bearerMinting: row.tokenBearerMinting,
  }
}

async function createOrganization(
  db: Database,
  verifier: TokenVerifier,
  policy: Partial<TokenPolicy> = {},
): Promise<OrganizationFixture> {
  const id = newId()
  const slug = `org-${id.slice(-12)}`
  await db.prisma.organization.create({
    data: {
      id,
      slug,
      name: `Organization ${slug}`,
      tokenMaxLifetimeDays: policy.maxLifetimeDays ?? null,
      tokenExpiryRequired: policy.expiryRequired ?? false,
      tokenBearerMinting: policy.bearerMinting ?? true,
    },
  })
  const organizationContext = async () => ({
    id,
    slug,
    name: `Organization ${slug}`,
    policy: await readPolicy(db, id),
  })
  return {
    id,
    slug,
    async member(role, traits = {}) {
      const userId = newId()
      const email = `${userId}@example.test`
      const displayName = `${role} ${userId.slice(-4)}`
      await db.prisma.user.create({ data: { id: userId, email, displayName } })
      await db.prisma.membership.create({ data: { organizationId: id, userId, role } })
      const now = Date.now()
      return buildContext({
        principal: {
          kind: 'user',
          userId,
          sessionId: newId(),
          displayName,
          email,
          role,
          reauthenticatedAt: traits.reauthenticatedAt ?? now,
        },
        organization: await organizationContext(),
        db,
        crypto,
        now,
        request: requestFacts('dashboard'),
      })
    },
    async bearer(secret) {
      const verified = await verifier.verify(secret)
      if (verified.outcome === 'refused') throw new Error(`refused: ${verified.code}`)
      return buildContext({
        principal: verified.principal,
        organization: verified.organization,
        db,
        crypto,
        now: Date.now(),
        request: requestFacts('api'),
      })
    },
    async refresh(ctx) {
      return { ...ctx, organization: await organizationContext(), now: Date.now() }
    },
  }
}
