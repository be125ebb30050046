import { parseArgs } from 'node:util'
import pino from 'pino'
import { attachDatabase } from '@/lib/db/attach'
import { openDatabase } from '@/lib/db/database'
import { applyMigrations } from '@/lib/db/migrate'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { readEnvironment } from '@/lib/env'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { openIssuer } from '@/lib/invoices/issuer'
import { installationSecrets } from '@/lib/secrets'
import { parsePeppers } from '@/lib/tokens/digest'
import { seedDemo } from '@/prisma/seed'
import { addManyTokens } from '@/prisma/seed/bulk'

/**
 * `npm run seed`: the demo organizations in the database of this installation (running or not), and on
 * request many more tokens.
 */
const USAGE = 'Usage: npm run seed -- [--tokens NUMBER]'

const { values } = parseArgs({ options: { tokens: { type: 'string' } } })
const count = Number(values.tokens ?? 0)
if (!Number.isInteger(count) || count < 0) {
  console.error(USAGE)
  process.exit(2)
}

const environment = readEnvironment()
const secrets = installationSecrets(environment)
const emailLinks = new EmailLinkSealer(secrets.authSecret)
const peppers = parsePeppers(secrets.tokenPepper)
const attached = await attachDatabase(environment)
const db = openDatabase({ url: attached.url, poolSize: 4 })
try {
  await applyMigrations({ connectionString: attached.url, migrationsDir: 'prisma/migrations' })
  await seedDemo({
    db,
    crypto: { peppers, emailLinks, webhookSecrets: new WebhookSecretSealer(secrets.authSecret) },
    billing: openIssuer(environment, emailLinks),
    log: pino({ level: environment.LOG_LEVEL }),
  })
  if (count > 0) await addManyTokens(db, peppers, count)
  console.log(`Seeded${count > 0 ? `, with ${count} more tokens` : ''}.`)
} finally {
  await db.close()
  await attached.release()
}
