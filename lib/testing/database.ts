import { createHash, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { Client } from 'pg'
import { applyMigrations } from '@/lib/db/migrate'
import { readMigrations } from '@/lib/db/migration-files'

export type TestDatabase = {
  /** Connection string of a superuser. */
  url: string
  /** Cuts off whoever is still connected and removes the database. */
  drop(): Promise<void>
}

const MIGRATIONS_DIR = resolve(import.meta.dirname, '../../prisma/migrations')

/** Any fixed number: it only keeps two processes from building the template at once. */
const TEMPLATE_LOCK_ID = 52_115_700

/** Templates this process has seen complete. */
const known = new Set<string>()

/**
 * A new database with every migration applied and no rows: a copy of a template. One a test file
 * is usually enough. Needs TEST_DATABASE_URL, which lib/testing/global-setup.ts provides.
 */
export async function createTestDatabase(migrationsDir = MIGRATIONS_DIR): Promise<TestDatabase> {
  return createFrom(await ensureTemplate(migrationsDir))
}

/** A new database without anything in it, for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createFrom('template0')
}

/**
 * Builds the template of these migrations unless the server has it, and answers its name. It gets
 * that name only when complete, so a run that was interrupted leaves no half-migrated template.
 */
export async function ensureTemplate(migrationsDir = MIGRATIONS_DIR): Promise<string> {
  const name = templateName(migrationsDir)
  if (known.has(name)) return name
  await onServer(async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK_ID])
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount) return
    const unfinished = `${name}_unfinished`
    await admin.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`)
    await admin.query(`CREATE DATABASE ${unfinished} TEMPLATE template0 ENCODING 'UTF8'`)
    try {
      await applyMigrations({ connectionString: urlOf(unfinished), migrationsDir })
    } catch (error) {
      await admin.query(`DROP DATABASE ${unfinished}`)
      throw error
    }
    // A template with a visitor cannot be copied, so nobody may ever connect to it.
    await admin.query(`ALTER DATABASE ${unfinished} ALLOW_CONNECTIONS false`)
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`)
  })
  known.add(name)
  return name
}

async function createFrom(template: string): Promise<TestDatabase> {
  const name = `fruxon_test_${randomBytes(8).toString('hex')}`
  await onServer(async (admin) => {
    // Copying files is several times quicker where the checkpoint it needs costs no fsync.
    const { rows } = await admin.query<{ fsync: string }>('SHOW fsync')
    const strategy = rows[0]?.fsync === 'off' ? 'file_copy' : 'wal_log'
    await admin.query(
      `CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8' STRATEGY ${strategy}`,
    )
  })
  const drop = async () => {
    await onServer((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  }
  return { url: urlOf(name), drop }
}

function templateName(migrationsDir: string): string {
  const hash = createHash('sha256')
  for (const { name, checksum } of readMigrations(migrationsDir))
    hash.update(`${name} ${checksum}\n`)
  return `fruxon_template_${hash.digest('hex').slice(0, 16)}`
}

async function onServer<T>(work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: serverUrl() })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${database}`
  return url.href
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL
  if (!url) {
    throw new Error(
      'TEST_DATABASE_URL is not set: run the tests with the globalSetup lib/testing/global-setup.ts, or name a PostgreSQL server and a superuser.',
    )
  }
  return url
}
