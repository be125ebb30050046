// Completes package-lock.json with the platform packages that a partial registry could not show.
//
// Packages such as next and tailwindcss name one optional binary package for each platform. A registry
// mirror that keeps only some of them makes `npm install` write a lock without the others, and
// `npm ci` then refuses that lock ("Missing: … from lock file"), on every platform. Each entry added
// here names its platform, so npm passes over it wherever it does not belong.
import { readFileSync, writeFileSync } from 'node:fs'

const LOCK_FILE = 'package-lock.json'
const EXACT_VERSION = /^\d/
const PLATFORM_WORD =
  /darwin|linux|win32|windows|freebsd|openbsd|netbsd|openharmony|android|sunos|aix/
const CPU_WORD = /arm64|x64|ia32|ppc64|s390x|riscv64|loong64|mips64el|wasm32|arm/
const NPM_PLATFORM_NAME = { windows: 'win32' }

/** Where npm would look for `name` when it is required by the package at `path`. */
function isLocked(packages, path, name) {
  return Boolean(packages[`node_modules/${name}`] ?? packages[`${path}/node_modules/${name}`])
}

function libcOf(name) {
  if (!name.includes('linux')) return null
  return name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : null
}

function platformEntry(name, version, isDevelopmentOnly) {
  const platform = PLATFORM_WORD.exec(name)?.[0]
  const cpu = CPU_WORD.exec(name)?.[0]
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(isDevelopmentOnly ? { dev: true } : {}),
    optional: true,
    ...(libcOf(name) ? { libc: [libcOf(name)] } : {}),
    ...(platform ? { os: [NPM_PLATFORM_NAME[platform] ?? platform] } : {}),
  }
}

function addMissingPlatforms(packages) {
  const added = []
  for (const [path, facts] of Object.entries({ ...packages })) {
    for (const [name, version] of Object.entries(facts.optionalDependencies ?? {})) {
      if (!EXACT_VERSION.test(version) || isLocked(packages, path, name)) continue
      packages[`node_modules/${name}`] = platformEntry(name, version, facts.dev === true)
      added.push(`${name}@${version}`)
    }
  }
  return added
}

const lock = JSON.parse(readFileSync(LOCK_FILE, 'utf8'))
const added = addMissingPlatforms(lock.packages)
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
)
// Where a package comes from is the business of the machine that installs it: no host name in the lock.
for (const facts of Object.values(lock.packages)) {
  delete facts.resolved
  delete facts.funding
}
writeFileSync(LOCK_FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length === 0 ? 'The lock is complete.' : `Added:\n  ${added.join('\n  ')}`)
