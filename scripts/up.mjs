// `npm run up`: from a fresh clone to a running product. Uses nothing but Node until npm has installed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installPackages, requireNode } from './install.mjs'
import { elapsed, endChildrenOnSignals, ROOT } from './run-command.mjs'

const USAGE = `Usage: npm run up -- [--no-demo] [--port NUMBER]

Installs, builds and serves the settings of a demo organization on http://localhost:3000.
  --no-demo      start empty: a one-time link to make your own organization is printed
  --port NUMBER  serve there (default 3000, or PORT)`

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'no-demo': { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`)
    process.exit(2)
  }
}

const options = readOptions()
if (options.help) {
  console.log(USAGE)
  process.exit(0)
}

const startedAt = Date.now()
endChildrenOnSignals()
try {
  requireNode()
  await installPackages()
  const { buildIfNeeded } = await import('./build.mjs')
  await buildIfNeeded()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
console.log(`Ready to start after ${elapsed(startedAt)}`)
serve()

/** Hands the terminal to the server and ends with its exit code. */
function serve() {
  const server = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      // MiB: a request's objects die young, and the default has them looked through twice as often.
      '--max-semi-space-size=32',
      join(ROOT, 'dist', 'server.mjs'),
      ...(options['no-demo'] ? [] : ['--demo']),
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        ...(options.port ? { PORT: options.port } : {}),
      },
    },
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal)
    // Ctrl-C reaches the server by itself, which stops in order; this program only waits for it.
    process.on(signal, () => signal === 'SIGINT' || server.kill(signal))
  }
  server.once('error', (error) => {
    console.error(`The server cannot be run: ${error.message}`)
    process.exit(1)
  })
  server.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 0 : 1)))
}
