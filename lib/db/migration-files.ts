import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Migration = {
  /** The name of its folder; names sort in the order of application. */
  name: string
  sql: string
  /** SHA-256 of the file in hexadecimal, as Prisma records it. */
  checksum: string
}

/**
 * All migrations of a folder, oldest first.
 * @throws ENOENT when the folder, or the migration.sql of one of its folders, is missing.
 */
export function readMigrations(migrationsDir: string): Migration[] {
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: sha256(sql) }
    })
}

/** Whether a recorded checksum is this migration's. Git may have rewritten the line ends. */
export function matchesChecksum({ sql, checksum }: Migration, recorded: string): boolean {
  const unix = sql.replaceAll('\r\n', '\n')
  return [checksum, sha256(unix), sha256(unix.replaceAll('\n', '\r\n'))].includes(recorded)
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
