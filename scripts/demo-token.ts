import { buildContext, type Context } from '@/lib/context'
import { attachDatabase } from '@/lib/db/attach'
import { openDatabase } from '@/lib/db/database'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { Environment } from '@/lib/env'
import { newId } from '@/lib/ids'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { ModelAccess } from '@/lib/llm-providers/model-access'
import { PageTokenSealer } from '@/lib/page-token'
import { installationSecrets } from '@/lib/secrets'
import { parsePeppers } from '@/lib/tokens/digest'
import { mintToken } from '@/lib/tokens/mint'
import { revokeToken } from '@/lib/tokens/revoke'
import { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

export interface BorrowedToken {
  secret: string
  /** Revokes it. */
  giveBack(): Promise<void>
}

/**
 * A token of a demo organization's first admin that may report usage and nothing else, for a day at most. It
 * comes from the installation's own database, so whoever gets it could have had everything anyway.
 * @throws Error where there is no such demo organization
 */
export async function borrowToken(environment: Environment, slug: string): Promise<BorrowedToken> {
  const secrets = installationSecrets(environment)
  const attached = await attachDatabase(environment)
  const db = openDatabase({ url: attached.url, poolSize: 2 })
  const close = async () => {
    await db.close()
    await attached.release()
  }
  try {
    const organization = await db.prisma.organization.findUnique({
      where: { slug, isDemo: true },
      include: {
        memberships: { where: { role: 'ADMIN' }, orderBy: { createdAt: 'asc' }, take: 1 },
      },
    })
    const admin = await db.prisma.user.findFirst({
      where: { id: organization?.memberships[0]?.userId ?? '' },
    })
    if (!organization || !admin) {
      throw new Error(`There is no demo organization ${slug} here: give its token with --token.`)
    }
    const context = (): Context =>
      buildContext({
        principal: {
          kind: 'user',
          userId: admin.id,
          sessionId: newId(),
          displayName: admin.displayName,
          email: admin.email,
          role: 'ADMIN',
          reauthenticatedAt: Date.now(),
        },
        organization: {
          id: organization.id,
          slug,
          name: organization.name,
          policy: {
            maxLifetimeDays: organization.tokenMaxLifetimeDays,
            expiryRequired: organization.tokenExpiryRequired,
            bearerMinting: organization.tokenBearerMinting,
          },
        },
        db,
        crypto: {
          peppers: parsePeppers(secrets.tokenPepper),
          pageTokens: new PageTokenSealer(secrets.authSecret),
          emailLinks: new EmailLinkSealer(secrets.authSecret),
          authenticatorSecrets: new AuthenticatorSecretSealer(secrets.authSecret),
          webhookSecrets: new WebhookSecretSealer(secrets.authSecret),
          modelAccess: new ModelAccess(secrets.authSecret),
        },
        now: Date.now(),
        request: { id: newId(), channel: 'system', ip: null, userAgent: 'demo-traffic' },
      })
    const { token, summary } = await mintToken(context(), {
      name: 'demo-traffic',
      scopes: ['traces:write'],
      expirationDays: 1,
    })
    if (token === null) throw new Error('A token without an idempotency key has its secret.')
    return {
      secret: token,
      async giveBack() {
        await revokeToken(context(), { tokenId: summary.id })
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
