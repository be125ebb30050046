import { randomUUID } from 'node:crypto'
import { Client, type DatabaseError } from 'pg'
import { type Migration, matchesChecksum, readMigrations } from '@/lib/db/migration-files'

/** The advisory lock of Prisma's own migration command, so the two exclude each other. */
const LOCK_ID = 72_707_369
const LOCK_WAIT = '10min'

const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS public."_prisma_migrations" (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`

/** The migrations and the database do not fit together; the message says which and why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * Applies every migration the database has not seen, in the order of their names, each in one
 * transaction: it is applied and recorded, or neither. Any number of processes may call it at
 * once; one works, the others wait for it. The record is the one `prisma migrate deploy` keeps.
 * A migration known to the database but absent here is no error: during a rolling update an
 * older process may start against a newer database.
 * @throws MigrationError when an applied migration was edited or left unfinished, when one
 *   fails, or when the lock is not free within ten minutes.
 */
export async function applyMigrations(options: {
  connectionString: string
  migrationsDir: string
}): Promise<{ applied: string[] }> {
  const migrations = readMigrations(options.migrationsDir)
  const client = new Client({ connectionString: options.connectionString })
  // A lost connection also rejects the running query; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await lock(client)
    await client.query(HISTORY_TABLE)
    const pending = await findPending(client, migrations)
    for (const migration of pending) await apply(client, migration)
    return { applied: pending.map(({ name }) => name) }
  } finally {
    // Closing the session gives the lock back, also after an error.
    await client.end()
  }
}

async function lock(client: Client): Promise<void> {
  try {
    await client.query(`SET lock_timeout = '${LOCK_WAIT}'; SET statement_timeout = 0`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_ID])
  } catch (error) {
    if ((error as DatabaseError).code !== '55P03') throw error
    throw new MigrationError(
      `Another process has held the migration lock for ${LOCK_WAIT}. See pg_locks, objid ${LOCK_ID}.`,
      { cause: error },
    )
  }
  await client.query('RESET ALL')
}

async function findPending(client: Client, migrations: Migration[]): Promise<Migration[]> {
  const history = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM public."_prisma_migrations" WHERE rolled_back_at IS NULL`,
  )
  const unfinished = history.rows.find(({ finished }) => !finished)
  if (unfinished) {
    throw new MigrationError(
      `Migration ${unfinished.name} was begun and never finished. Repair the database by hand, then mark it with "prisma migrate resolve --applied ${unfinished.name}" or "--rolled-back ${unfinished.name}".`,
    )
  }
  const checksums = new Map(history.rows.map(({ name, checksum }) => [name, checksum]))
  const edited = migrations.find((migration) => {
    const recorded = checksums.get(migration.name)
    return recorded !== undefined && !matchesChecksum(migration, recorded)
  })
  if (edited) {
    throw new MigrationError(
      `Migration ${edited.name} was edited after this database had applied it. Restore its migration.sql and put the change into a new migration.`,
    )
  }
  return migrations.filter(({ name }) => !checksums.has(name))
}

async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    // A migration may take longer than the limit the role has for ordinary statements.
    await client.query('SET LOCAL statement_timeout = 0')
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO public."_prisma_migrations"
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw failure(migration, error as DatabaseError)
  }
  // What a migration SETs for itself must not reach the next one.
  await client.query('RESET ALL')
}

function failure(migration: Migration, error: DatabaseError): MigrationError {
  const position = Number(error.position)
  const line = position > 0 ? `:${migration.sql.slice(0, position).split('\n').length}` : ''
  return new MigrationError(
    `Migration ${migration.name} failed and was rolled back: ${error.message} (migration.sql${line})`,
    { cause: error },
  )
}
