import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'
import { grantPassage, isOpenTo } from '@/lib/db/embedded-file-access'
import {
  copyBinaries,
  openRelocation,
  relocate,
  relocationPath,
} from '@/lib/db/embedded-relocation'

/** Who the server runs as and where its files are. PostgreSQL refuses to run as root. */
export type ServerIdentity = {
  /** The directory that holds `pgdata`. */
  home: string
  /** The PostgreSQL build: `bin`, `lib`, `share`. */
  native: string
  /** Who must own the files the server opens; null: whoever made them. */
  owner: number | null
  launch(program: 'initdb' | 'postgres', args: string[]): Launch
}

export type Launch = { file: string; args: string[]; options: LaunchOptions }
type LaunchOptions = { cwd: '/'; env: NodeJS.ProcessEnv; uid?: number; gid?: number }

/** `nobody` on Linux: exists on every distribution, so no account has to be created. */
export const NOBODY = 65534

/**
 * Not root: as you are. Root: as `nobody`; where a directory on the way is closed to `nobody`, as
 * root dressed as `nobody` by a user namespace; where that is refused, from /var/tmp.
 * @throws EmbeddedPostgresError when none of the three can run the server.
 */
export function chooseIdentity(dataDir: string, native: string): ServerIdentity {
  if (process.getuid?.() !== 0) return identity(dataDir, native, null)
  if (existsSync(relocationPath(dataDir))) return relocated(openRelocation(dataDir, NOBODY), native)

  if (isOpenTo(dirname(dataDir), NOBODY)) grantPassage(dataDir, NOBODY)
  const asNobody = identity(dataDir, native, NOBODY)
  if (isOpenTo(dataDir, NOBODY) && isOpenTo(native, NOBODY) && canRun(asNobody)) return asNobody

  const inNamespace = namespaced(dataDir, native)
  if (canRun(inNamespace)) return inNamespace

  if (existsSync(join(dataDir, 'pgdata'))) throw cannotRun(dataDir)
  const elsewhere = relocated(relocate(dataDir, NOBODY), native)
  if (canRun(elsewhere)) return elsewhere
  throw cannotRun(dataDir)
}

/** Makes the server the owner of one path that root created for it. */
export function handOver(path: string, { owner }: ServerIdentity): void {
  if (owner !== null && statSync(path).uid !== owner) chownSync(path, owner, owner)
}

function identity(home: string, native: string, owner: number | null): ServerIdentity {
  const as = owner === null ? {} : { uid: owner, gid: owner }
  return {
    home,
    native,
    owner,
    launch: (program, args) => ({
      file: join(native, 'bin', program),
      args,
      options: { cwd: '/', env: serverEnvironment(), ...as },
    }),
  }
}

function namespaced(home: string, native: string): ServerIdentity {
  const map = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]
  return {
    home,
    native,
    owner: 0,
    launch: (program, args) => ({
      file: 'unshare',
      args: [...map, join(native, 'bin', program), ...args],
      options: { cwd: '/', env: serverEnvironment() },
    }),
  }
}

function relocated(home: string, native: string): ServerIdentity {
  if (isOpenTo(native, NOBODY)) return identity(home, native, NOBODY)
  return identity(home, copyBinaries(native, home, NOBODY), NOBODY)
}

function canRun(candidate: ServerIdentity): boolean {
  const { file, args, options } = candidate.launch('postgres', ['--version'])
  return spawnSync(file, args, { ...options, stdio: 'ignore' }).status === 0
}

/** Nothing of ours is inherited: the server has no business with the application's secrets. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['LC_ALL', 'C'],
    ['TZ', 'UTC'],
  ]) as NodeJS.ProcessEnv
}

function cannotRun(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and the ways around it are closed here (the path ${dataDir} is not open to uid ${NOBODY}, and user namespaces are refused). Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  )
}
