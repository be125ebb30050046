import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readMigrations } from '@/lib/db/migration-files'
import { diffMigrations, foldersFrom } from '@/scripts/migration-diff'

const USAGE = `Usage: npx tsx scripts/db-new.ts NAME [--schema DIR] [--migrations DIR] [--empty]

Writes the next migration: what is missing between the migrations and the Prisma schema.
--empty writes one for SQL of your own when nothing is missing.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    schema: { type: 'string' },
    migrations: { type: 'string' },
    empty: { type: 'boolean', default: false },
  },
})
const [name] = positionals
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    `${USAGE}\n\nNAME is lower case with underscores, for example add_invoice_due_date.`,
  )
  process.exit(2)
}

const folders = foldersFrom(values)
mkdirSync(folders.migrationsDir, { recursive: true })
const sql = await diffMigrations(folders)
if (sql === null && !values.empty) {
  console.log('The migrations already lead to the schema: nothing to write.')
} else {
  const path = writeMigration(folders.migrationsDir, name, sql ?? '-- Write the SQL here.\n')
  console.log(`${path}\n\n${sql ?? ''}`)
}

function writeMigration(migrationsDir: string, migrationName: string, content: string): string {
  const directory = join(migrationsDir, `${nextTimestamp(migrationsDir)}_${migrationName}`)
  mkdirSync(directory)
  const path = join(directory, 'migration.sql')
  writeFileSync(path, content.endsWith('\n') ? content : `${content}\n`, { flag: 'wx' })
  const lock = join(migrationsDir, 'migration_lock.toml')
  if (!existsSync(lock)) {
    writeFileSync(lock, '# Read by the Prisma command line.\nprovider = "postgresql"\n')
  }
  return path
}

/** Now in UTC, but always after the newest migration, which a faster clock may have named. */
function nextTimestamp(migrationsDir: string): string {
  const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const newest = readMigrations(migrationsDir).at(-1)?.name.slice(0, 14) ?? ''
  return newest < now ? now : String(BigInt(newest) + 1n)
}
