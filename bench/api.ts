import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureActivityPages } from '@/bench/activity-pages'
import { compareAuthenticatedGet } from '@/bench/authenticated-get'
import { createDataset, mintMany } from '@/bench/dataset'
import { startLoadGenerator } from '@/bench/load-generator'
import { buildIfMissing, postmasterOf, startBareServer, startProductServer } from '@/bench/servers'
import { measureTokenWrites } from '@/bench/token-writes'
import { attachDatabase } from '@/lib/db/attach'
import { readEnvironment } from '@/lib/env'

/**
 * `npm run bench:api`: the API as built, on its embedded database in a folder of its own, beside a bare
 * server on the same database. What it prints is what docs/benchmarks.md holds.
 */

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: 'get,write,activity' },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '2' },
    tokens: { type: 'string', default: '10000' },
    rows: { type: 'string', default: '1000000' },
    /** Of the authenticated GET: 1 is a lone program. */
    connections: { type: 'string', default: '32' },
    port: { type: 'string', default: '3670' },
    server: { type: 'string', default: 'dist/server.mjs' },
    /** Node options of the product's process, for profiles: --node-options=--cpu-prof */
    'node-options': { type: 'string', default: '' },
  },
})

const CYCLED_TOKENS = 1000

async function run(dataDir: string): Promise<void> {
  const parts = new Set(flags.only.split(','))
  const roundMs = Number(flags.seconds) * 1000
  const port = Number(flags.port)
  const closing: (() => Promise<void> | void)[] = []
  try {
    const product = await startProductServer({
      file: flags.server,
      port,
      dataDir,
      nodeOptions: flags['node-options'].split(' ').filter(Boolean),
    })
    closing.push(product.stop)
    const environment = readEnvironment({ DATA_DIR: dataDir })
    const { url } = await attachDatabase(environment)
    const dataset = await createDataset(environment, url)
    closing.push(dataset.db.close)
    const generator = startLoadGenerator()
    closing.push(generator.stop)
    const bench = { generator, postmaster: await postmasterOf(dataset) }
    const tokens = await mintMany(dataset, Number(flags.tokens))
    await dataset.db.pool.query('VACUUM (ANALYZE) tokens')
    if (parts.has('get')) {
      const bare = await startBareServer(port + 1, url, dataset)
      closing.push(bare.stop)
      const cycled = tokens.slice(0, CYCLED_TOKENS)
      const extent = {
        connections: Number(flags.connections),
        rounds: Number(flags.rounds),
        roundMs,
      }
      await compareAuthenticatedGet(bench, { product, bare }, cycled, extent)
    }
    if (parts.has('write')) {
      await measureTokenWrites(bench, product, dataset, tokens.slice(CYCLED_TOKENS), roundMs)
    }
    if (parts.has('activity')) {
      await measureActivityPages(bench, product, dataset, Number(flags.rows))
    }
  } finally {
    for (const close of closing.reverse()) await close()
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'fruxon-bench-'))
try {
  const [cpu] = cpus()
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model}\n`,
  )
  await buildIfMissing(flags.server)
  await run(dataDir)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
