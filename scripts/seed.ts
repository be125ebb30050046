import { parseArgs } from 'node:util'
import pino from 'pino'
import { attachDatabase } from '@/lib/db/attach'
import { openDatabase } from '@/lib/db/database'
import { applyMigrations } from '@/lib/db/migrate'
import { readEnvironment } from '@/lib/env'
import { installationKeys } from '@/lib/installation-keys'
import { openIssuer } from '@/lib/invoices/issuer'
import { installationSecrets } from '@/lib/secrets'
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
const crypto = installationKeys(secrets, environment)
const attached = await attachDatabase(environment)
const db = openDatabase({ url: attached.url, poolSize: 4 })
try {
  await applyMigrations({ connectionString: attached.url, migrationsDir: 'prisma/migrations' })
  await seedDemo({
    db,
    crypto,
    billing: openIssuer(environment, crypto.emailLinks),
    log: pino({ level: environment.LOG_LEVEL }),
  })
  if (count > 0) await addManyTokens(db, crypto.peppers, count)
  console.log(`Seeded${count > 0 ? `, with ${count} more tokens` : ''}.`)
} finally {
  await db.close()
  await attached.release()
}
