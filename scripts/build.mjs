// Builds what `node dist/server.mjs` runs: the Prisma client, Next's pages, and the server.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { bin, elapsed, ROOT, run } from './run-command.mjs'

const STAMP = join(ROOT, 'dist', 'build.json')

/** Everything the build reads. What is not listed here may change without a new build. */
const SOURCES = [
  'app',
  'cli',
  'components',
  'lib',
  'prisma',
  'public',
  'scripts',
  'proxy.ts',
  'server.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const NOT_BUILT = /\.test\.tsx?$|^lib\/(db\/generated|testing)\/|^scripts\/.*\.mjs$/

/** Programs that production runs, each a file of its own in dist/. */
const PROGRAMS = ['server.ts', 'scripts/audit-verify.ts', 'scripts/billing.ts']

function sourceFiles() {
  return SOURCES.flatMap((source) => {
    const path = join(ROOT, source)
    if (!existsSync(path)) return []
    if (/\.\w+$/.test(source)) return [source]
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(ROOT.length + 1)
          .replaceAll('\\', '/'),
      )
  })
    .filter((file) => !NOT_BUILT.test(file))
    .sort()
}

function hashOfSources() {
  const hash = createHash('sha256').update(process.version)
  for (const file of [...sourceFiles(), 'scripts/build.mjs']) {
    hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex')
}

function lastBuild() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8')).sources
  } catch {
    return null
  }
}

async function step(title, work) {
  const startedAt = Date.now()
  const code = await work()
  if (code !== 0) throw new Error(`${title} failed.`)
  console.log(`  ${title}: ${elapsed(startedAt)}`)
}

/** Writes the Prisma client (TypeScript, no binary) into lib/db/generated. */
export function generateDatabaseClient() {
  return step('database client', () => run(bin('prisma'), ['generate'], { quiet: true }))
}

async function bundlePrograms() {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: ROOT,
    entryPoints: PROGRAMS.map((program) => join(ROOT, program)),
    outdir: join(ROOT, 'dist'),
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What is imported when needed (the e-mail templates) is a file of its own, loaded when needed.
    splitting: true,
    chunkNames: '[name]-[hash]',
    // Ours is bundled (the path alias "@/" comes from tsconfig.json), packages stay in node_modules.
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'warning',
  })
  return 0
}

/** The `fruxon` command: one file with everything in it but the keychain, so that it starts at once. */
async function bundleCommand() {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, 'cli', 'main.ts')],
    outfile: join(ROOT, 'dist', 'fruxon.mjs'),
    bundle: true,
    external: ['@napi-rs/keyring'],
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    // commander is CommonJS, and asks for what Node has by require.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
  return 0
}

/** Beside each script and style its .br and .gz, for app/_serving/static-files.ts. */
async function compressStatic() {
  const folder = join(ROOT, process.env.NEXT_DIST_DIR || '.next', 'static')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|svg|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  await Promise.all(
    files.map(async (file) => {
      const content = readFileSync(file)
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, quality))
      writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
    }),
  )
  return 0
}

/**
 * Builds unless the last build was of exactly these sources.
 * @param {{ force?: boolean }} [options]
 * @throws Error naming the step that failed; its output is on the terminal
 */
export async function buildIfNeeded({ force = false } = {}) {
  const sources = hashOfSources()
  if (!force && lastBuild() === sources) return
  const startedAt = Date.now()
  console.log('Building (about a minute)')
  // No stamp while the build is under way: an interrupted build is not mistaken for a whole one.
  rmSync(STAMP, { force: true })
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  await generateDatabaseClient()
  await step('pages', () =>
    run(bin('next'), ['build'], {
      env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      quiet: true,
    }),
  )
  await step('compression', compressStatic)
  await step('server', bundlePrograms)
  await step('command', bundleCommand)
  writeFileSync(STAMP, JSON.stringify({ sources }))
  console.log(`Built in ${elapsed(startedAt)}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildIfNeeded({ force: process.argv.includes('--force') })
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
