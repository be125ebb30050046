import { cpSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'
import { chownTree } from '@/lib/db/embedded-file-access'

const PREFIX = '/var/tmp/fruxon-postgres-'

/** The file in the data directory that says where its database was put instead. */
export function relocationPath(dataDir: string): string {
  return join(dataDir, 'postgres.location')
}

/**
 * Makes a folder for the database outside the data directory and remembers it there. The random
 * name is made by the system with mode 0700, so no other user can have prepared it.
 */
export function relocate(dataDir: string, owner: number): string {
  const home = mkdtempSync(PREFIX)
  chownTree(home, owner)
  writeFileSync(relocationPath(dataDir), `${home}\n`, { mode: 0o600 })
  return home
}

/**
 * The folder an earlier start made by `relocate`.
 * @throws EmbeddedPostgresError when it is gone or no longer the server's own.
 */
export function openRelocation(dataDir: string, owner: number): string {
  const home = readFileSync(relocationPath(dataDir), 'utf8').trim()
  const found = home.startsWith(PREFIX) ? lstatSync(home, { throwIfNoEntry: false }) : undefined
  if (found?.isDirectory() && found.uid === owner) return home
  throw new EmbeddedPostgresError(
    `${relocationPath(dataDir)} says that the database is in ${home}, which is missing or not its own. Restore that folder, or remove ${dataDir} to start with an empty database.`,
  )
}

/**
 * Copies the PostgreSQL build to where its user can read it, anew at each start so that it never
 * lags behind the installed package.
 */
export function copyBinaries(native: string, home: string, owner: number): string {
  const copy = join(home, 'native')
  rmSync(copy, { recursive: true, force: true })
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  chownTree(copy, owner)
  return copy
}
