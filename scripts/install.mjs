import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { elapsed, ROOT, run } from './run-command.mjs'

const NODE_AT_LEAST = [20, 19]

/** @throws Error with a plain sentence where Node.js is too old for what we depend on */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = NODE_AT_LEAST
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new Error(
    `Node.js ${NODE_AT_LEAST.join('.')} or newer is needed; this is ${process.versions.node}.`,
  )
}

function readJson(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
}

/**
 * Why packages must be installed, or null where node_modules holds what the lock says. Packages are compared, not
 * dates: a fresh clone gives every file the same date. Optional ones may be missing, because they depend on the
 * platform.
 */
function reasonToInstall() {
  if (!existsSync(join(ROOT, 'node_modules', '.package-lock.json'))) return 'nothing is installed'
  const wanted = readJson('package-lock.json').packages
  const present = readJson(join('node_modules', '.package-lock.json')).packages
  const differing = Object.entries(wanted).find(
    ([path, { optional, version }]) =>
      path !== '' && !optional && present[path]?.version !== version,
  )
  if (differing) {
    const [path, { version }] = differing
    return `${path} is ${present[path]?.version ?? 'missing'}, not ${version}`
  }
  return disagreement(wanted[''])
}

/** What package.json asks for in other words than the lock; null where they agree. */
function disagreement(locked) {
  const asked = readJson('package.json')
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, range] of Object.entries(asked[kind] ?? {})) {
      const said = locked[kind]?.[name] ?? 'nothing'
      if (said !== range) return `package.json asks for ${name} ${range}, the lock says ${said}`
    }
  }
  return null
}

/** @throws Error where package.json and the lock disagree, so that every start would install anew */
export function requireAgreeingLock() {
  const difference = disagreement(readJson('package-lock.json').packages[''])
  if (difference) throw new Error(`${difference}: run npm install, then npm run fix-lock.`)
}

/**
 * Installs the packages of the lock unless they are there.
 * @throws Error where npm fails; its own messages are on the terminal
 */
export async function installPackages() {
  const reason = reasonToInstall()
  if (reason === null) return
  const startedAt = Date.now()
  console.log(`Installing packages with npm, about a minute: ${reason}`)
  let code = await run('npm', ['ci', '--no-audit', '--no-fund'])
  if (code !== 0) {
    console.log('npm ci refused the lock; npm install resolves the packages anew.')
    code = await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'])
  }
  if (code !== 0) throw new Error('npm could not install the packages: see its messages above.')
  console.log(`Packages installed in ${elapsed(startedAt)}`)
}
