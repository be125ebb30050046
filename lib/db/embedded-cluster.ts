import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'
import { chownTree } from '@/lib/db/embedded-file-access'
import { handOver, type ServerIdentity } from '@/lib/db/embedded-identity'

const run = promisify(execFile)

export type Cluster = { pgdata: string; password: string }

/**
 * Opens the database files, creating them on the first start. They are made beside their place
 * and moved there when complete, so an interrupted first start leaves nothing half-made.
 */
export async function openCluster(
  dataDir: string,
  identity: ServerIdentity,
  log: (message: string) => void,
): Promise<Cluster> {
  const pgdata = join(identity.home, 'pgdata')
  const passwordPath = join(dataDir, 'postgres.password')
  if (existsSync(pgdata)) {
    // The data directory may have been made by another user, before a change of how we run.
    if (identity.owner !== null && statSync(pgdata).uid !== identity.owner) {
      chownTree(pgdata, identity.owner)
    }
    return { pgdata, password: readPassword(passwordPath, dataDir) }
  }

  log(`Creating a PostgreSQL database in ${identity.home}`)
  const password = randomBytes(24).toString('base64url')
  writeFileSync(passwordPath, password, { mode: 0o600 })
  chmodSync(passwordPath, 0o600)
  await initialize(identity, pgdata, password)
  return { pgdata, password }
}

function readPassword(path: string, dataDir: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The password of the embedded database (${path}) cannot be read. Restore it, or remove ${dataDir} to start with an empty database.`,
      { cause: error },
    )
  }
}

async function initialize(identity: ServerIdentity, pgdata: string, password: string) {
  const unfinished = join(identity.home, 'pgdata.unfinished')
  const passwordCopy = join(identity.home, 'initdb.password')
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(passwordCopy, { force: true })
  try {
    // initdb runs as the server's user and cannot read the file that only we may read.
    writeFileSync(passwordCopy, password, { mode: 0o600, flag: 'wx' })
    handOver(passwordCopy, identity)
    // Made here because that user may not create anything in the data directory itself.
    mkdirSync(unfinished, { mode: 0o700 })
    handOver(unfinished, identity)
    const { file, args, options } = identity.launch('initdb', [
      ...['-D', unfinished, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordCopy}`],
      // Sorts by code point on every machine, yet lower() and ILIKE know letters beyond ASCII.
      ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      '--data-checksums',
    ])
    await run(file, args, options)
    renameSync(unfinished, pgdata)
  } catch (error) {
    const details = (error as { stderr?: string }).stderr?.trim() || (error as Error).message
    throw new EmbeddedPostgresError(
      `The embedded database could not be created in ${identity.home}: ${details}. Set DATABASE_URL to use a PostgreSQL server instead.`,
      { cause: error },
    )
  } finally {
    rmSync(passwordCopy, { force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}
