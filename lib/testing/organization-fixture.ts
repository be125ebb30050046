import { randomBytes } from 'node:crypto'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import { buildContext, type Context, type TokenPolicy } from '@/lib/context'
import { type Database, openDatabase } from '@/lib/db/database'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { ModelAccess } from '@/lib/llm-providers/model-access'
import { PageTokenSealer } from '@/lib/page-token'
import { createTestDatabase } from '@/lib/testing/database'
import { parsePeppers } from '@/lib/tokens/digest'
import { TokenVerifier } from '@/lib/tokens/verify'
import { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

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
  emailLinks: new EmailLinkSealer(randomBytes(32).toString('base64')),
  authenticatorSecrets: new AuthenticatorSecretSealer(randomBytes(32).toString('base64')),
  webhookSecrets: new WebhookSecretSealer(randomBytes(32).toString('base64')),
  modelAccess: new ModelAccess(randomBytes(32).toString('base64')),
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
  const { rows } = await db.pool.query<TokenPolicy>(
    `SELECT token_max_lifetime_days AS "maxLifetimeDays", token_expiry_required AS "expiryRequired",
       token_bearer_minting AS "bearerMinting" FROM organizations WHERE id = $1`,
    [organizationId],
  )
  if (!rows[0]) throw new Error(`There is no organization ${organizationId}.`)
  return rows[0]
}

async function createOrganization(
  db: Database,
  verifier: TokenVerifier,
  policy: Partial<TokenPolicy> = {},
): Promise<OrganizationFixture> {
  const id = newId()
  const slug = `org-${id.slice(-12)}`
  // Plain SQL: a test file that asks Prisma nothing need not wait for its engine.
  await db.pool.query(
    `INSERT INTO organizations (id, slug, name, token_max_lifetime_days, token_expiry_required,
       token_bearer_minting) VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      slug,
      `Organization ${slug}`,
      policy.maxLifetimeDays ?? null,
      policy.expiryRequired ?? false,
      policy.bearerMinting ?? true,
    ],
  )
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
      await db.pool.query(
        `WITH person AS (INSERT INTO users (id, email, display_name) VALUES ($1, $2, $3) RETURNING id)
         INSERT INTO memberships (organization_id, user_id, role) SELECT $4, id, $5::role FROM person`,
        [userId, email, displayName, id, role],
      )
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
