import { buildContext, type Context } from '@/lib/context'
import { type Database, openDatabase } from '@/lib/db/database'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { Environment } from '@/lib/env'
import { newId } from '@/lib/ids'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { ModelAccess } from '@/lib/llm-providers/model-access'
import { PageTokenSealer } from '@/lib/page-token'
import { installationSecrets } from '@/lib/secrets'
import { parsePeppers } from '@/lib/tokens/digest'
import { mintToken } from '@/lib/tokens/mint'
import type { MintedToken } from '@/lib/tokens/model'
import type { MintTokenInput } from '@/lib/tokens/schema'
import { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

/** One organization with one admin, opened with the secrets of the running product. */
export interface Dataset {
  db: Database
  organizationId: string
  /** Key of the digests, for the bare server. */
  pepper: Buffer
  mint(input: MintTokenInput): Promise<MintedToken>
  /** The admin, now. */
  context(): Context
}

export interface IssuedToken {
  id: string
  secret: string
}

const SLUG = 'acme'
const MINTED_AT_ONCE = 8

/** Makes the organization `acme` in the product's database. */
export async function createDataset(environment: Environment, url: string): Promise<Dataset> {
  const secrets = installationSecrets(environment)
  const peppers = parsePeppers(secrets.tokenPepper)
  const pageTokens = new PageTokenSealer(secrets.authSecret)
  const db = openDatabase({ url, poolSize: MINTED_AT_ONCE })
  const organizationId = newId()
  const userId = newId()
  const person = { displayName: 'Bench Admin', email: 'bench@example.test' }
  await db.prisma.organization.create({
    data: { id: organizationId, slug: SLUG, name: 'Acme Robotics' },
  })
  await db.prisma.user.create({ data: { id: userId, ...person } })
  await db.prisma.membership.create({ data: { organizationId, userId, role: 'ADMIN' } })
  const context = (): Context => {
    const now = Date.now()
    return buildContext({
      principal: {
        kind: 'user',
        userId,
        sessionId: newId(),
        ...person,
        role: 'ADMIN',
        reauthenticatedAt: now,
      },
      organization: {
        id: organizationId,
        slug: SLUG,
        name: 'Acme Robotics',
        policy: { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true },
      },
      db,
      crypto: {
        peppers,
        pageTokens,
        emailLinks: new EmailLinkSealer(secrets.authSecret),
        authenticatorSecrets: new AuthenticatorSecretSealer(secrets.authSecret),
        webhookSecrets: new WebhookSecretSealer(secrets.authSecret),
        modelAccess: new ModelAccess(secrets.authSecret),
      },
      now,
      request: { id: newId(), channel: 'system', ip: null, userAgent: null },
    })
  }
  return {
    db,
    organizationId,
    pepper: peppers.current.key,
    mint: (input) => mintToken(context(), input),
    context,
  }
}

/** Mints `count` tokens through the core, so that rows, digests and audit chain are the real ones. */
export async function mintMany(dataset: Dataset, count: number): Promise<IssuedToken[]> {
  const made: IssuedToken[] = []
  let started = 0
  const worker = async () => {
    while (started < count) {
      started++
      const { token, summary } = await dataset.mint({
        name: `Backend ${started}`,
        preset: 'runner',
        expirationDays: 90,
      })
      if (token === null) throw new Error('A token without an idempotency key has its secret.')
      made.push({ id: summary.id, secret: token })
    }
  }
  await Promise.all(Array.from({ length: MINTED_AT_ONCE }, worker))
  return made
}

/**
 * Writes `rows` calls of one family, evenly over the last 30 days (so over several weekly partitions),
 * with their daily counts. By one statement: through the recorder it would take minutes.
 */
export async function writeActivity(
  dataset: Dataset,
  token: Pick<IssuedToken, 'id'>,
  rows: number,
): Promise<void> {
  const { pool } = dataset.db
  const days = 30
  await pool.query(
    `SELECT activity.ensure_partitions(floor(extract(epoch FROM now()) * 1000)::bigint - $1 * 86400000::bigint, 9)`,
    [days],
  )
  await pool.query(
    `INSERT INTO activity.request (organization_id, family_id, at_ms, id, token_id, service_account_id,
       method, route, status, latency_us, ip, user_agent, actor, scope, request_id)
     SELECT $1::uuid, $2::uuid,
       floor(extract(epoch FROM now()) * 1000)::bigint - ($4::bigint * 86400000 / $3::bigint) * step,
       gen_random_uuid(), $2::uuid, NULL, 'GET', '/v1/tenants/{tenant}/tokens/current', 200,
       700 + step % 900, '192.0.2.' || step % 250, 'fruxon-python/2.4.1', 'Bench Admin via Backend',
       NULL, gen_random_uuid()::text
     FROM generate_series(1, $3::bigint) AS step`,
    [dataset.organizationId, token.id, rows, days],
  )
  await pool.query(
    `INSERT INTO activity.use_by_day (organization_id, family_id, day, scope, calls, errors, last_at_ms)
     SELECT organization_id, family_id, (to_timestamp(at_ms / 1000) AT TIME ZONE 'UTC')::date, '',
       count(*), 0, max(at_ms)
     FROM activity.request WHERE organization_id = $1 AND family_id = $2 GROUP BY 1, 2, 3
     ON CONFLICT (organization_id, family_id, day, scope) DO UPDATE
       SET calls = excluded.calls, last_at_ms = excluded.last_at_ms`,
    [dataset.organizationId, token.id],
  )
  // What autovacuum does within a minute; waiting for it would make the run depend on its clock.
  await pool.query('VACUUM (ANALYZE) activity.request')
}
