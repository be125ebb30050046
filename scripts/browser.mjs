// Finds a Chromium for the browser tests, and installs one where there is none.
import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { ROOT } from './run-command.mjs'

// The same engine without windows first: the tests spend a quarter less time in it.
const SYSTEM_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
]
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** A Chromium inside an npm package: the one source that is there wherever npm works. Linux on x64 only. */
const NPM_CHROMIUM = '@sparticuz/chromium@143.0.4'
const NPM_CHROMIUM_HOME = join(ROOT, 'node_modules', '.cache', 'chromium-143.0.4')

/** Proof by running it: a browser that lacks its libraries is a file, not a browser. */
function launches(path) {
  const answer = spawnSync(path, ['--version', '--no-sandbox'], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  return answer.status === 0 && /Chrom/.test(answer.stdout)
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function playwrightBrowser() {
  const { chromium } = await import('playwright')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}

function systemBrowser() {
  return [...SYSTEM_NAMES.map(onPath), MAC_CHROME].find((path) => path && isExecutable(path))
}

function npmBrowser() {
  const path = join(NPM_CHROMIUM_HOME, 'start-chromium')
  return existsSync(path) ? path : undefined
}

function tryCommand(file, args, { timeoutMs, env = {} }) {
  const answer = spawnSync(file, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: timeoutMs,
    env: { ...process.env, ...env },
  })
  if (answer.status === 0) return true
  const lines = `${answer.stdout ?? ''}${answer.stderr ?? ''}`.trim().split('\n')
  const why = lines.find((line) => /error|failed|unable/i.test(line)) ?? lines.at(-1)
  console.log(`    no: ${answer.error?.message ?? why}`)
  return false
}

async function installByPlaywright() {
  const cli = join(ROOT, 'node_modules', 'playwright', 'cli.js')
  tryCommand(process.execPath, [cli, 'install', 'chromium'], {
    timeoutMs: 4 * 60_000,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  })
  return playwrightBrowser()
}

async function inflate(from, to) {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to))
}

/** The package brings the libraries and fonts that a bare machine lacks; this wrapper points to them. */
const START_SCRIPT = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib:$here\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`

const fontsConfig = (home) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
</fontconfig>
`

async function installByNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const unpacked = `${NPM_CHROMIUM_HOME}.unfinished`
  rmSync(unpacked, { recursive: true, force: true })
  mkdirSync(unpacked, { recursive: true })
  // A prefix of its own: the product's packages and lock stay as they are.
  const npmArguments = ['install', '--prefix', unpacked, '--no-save', '--ignore-scripts']
  if (!tryCommand('npm', [...npmArguments, NPM_CHROMIUM], { timeoutMs: 5 * 60_000 })) {
    return undefined
  }
  const packed = join(unpacked, 'node_modules', '@sparticuz', 'chromium', 'bin')
  await inflate(join(packed, 'chromium.br'), join(unpacked, 'chromium'))
  chmodSync(join(unpacked, 'chromium'), 0o755)
  for (const archive of ['al2023', 'swiftshader', 'fonts']) {
    const tar = join(unpacked, `${archive}.tar`)
    await inflate(join(packed, `${archive}.tar.br`), tar)
    if (!tryCommand('tar', ['-xf', tar, '-C', unpacked], { timeoutMs: 60_000 })) return undefined
    rmSync(tar)
  }
  rmSync(join(unpacked, 'node_modules'), { recursive: true })
  writeFileSync(join(unpacked, 'fonts.conf'), fontsConfig(NPM_CHROMIUM_HOME))
  writeFileSync(join(unpacked, 'start-chromium'), START_SCRIPT, { mode: 0o755 })
  rmSync(NPM_CHROMIUM_HOME, { recursive: true, force: true })
  renameSync(unpacked, NPM_CHROMIUM_HOME)
  return npmBrowser()
}

async function installByApt() {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return undefined
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const options = { timeoutMs: 10 * 60_000, env }
  tryCommand('apt-get', ['update', '-q'], options)
  for (const name of ['chromium-headless-shell', 'chromium']) {
    tryCommand('apt-get', ['install', '-q', '-y', '--no-install-recommends', name], options)
    if (onPath(name)) return onPath(name)
  }
}

const PRESENT = [
  ['CHROMIUM_PATH', () => process.env.CHROMIUM_PATH],
  ['the system', systemBrowser],
  ['Playwright', playwrightBrowser],
  ['npm', npmBrowser],
]
const INSTALLERS = [
  ['Playwright', installByPlaywright],
  [`npm (${NPM_CHROMIUM})`, installByNpm],
  ['apt-get', installByApt],
]

/**
 * The path of a Chromium that starts on this machine.
 * @returns {Promise<string>}
 * @throws Error saying what was tried
 */
export async function findBrowser() {
  for (const [, find] of PRESENT) {
    const path = await find()
    if (path && launches(path)) return path
  }
  console.log('  no Chromium on this machine')
  for (const [source, install] of INSTALLERS) {
    console.log(`  installing one by ${source}`)
    const path = await install().catch((error) => console.log(`    no: ${error.message}`))
    if (path && launches(path)) return path
  }
  throw new Error('No Chromium could be found or installed: set CHROMIUM_PATH to one.')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(await findBrowser())
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
