import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createDataset } from '@/bench/dataset'
import { startLoadGenerator } from '@/bench/load-generator'
import { buildIfMissing, postmasterOf, startProductServer } from '@/bench/servers'
import { measureIntake } from '@/bench/usage-intake'
import { measureLivePage } from '@/bench/usage-live'
import { measureUsageQueries } from '@/bench/usage-queries'
import { crashWhileReporting } from '@/e2e/api/support/usage-crashes'
import { attachDatabase } from '@/lib/db/attach'
import { readEnvironment } from '@/lib/env'

/**
 * `npm run bench:usage`: how many events a second come in over HTTP, and whether charts take longer when there
 * are a hundred times as many events. Instead, `--crash`: twenty kills in the middle of reporting; `--live`: how soon an open page
 * shows what was counted.
 */

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: 'intake,queries' },
    crash: { type: 'boolean', default: false },
    live: { type: 'boolean', default: false },
    /** A Chromium; Playwright's own without it. */
    browser: { type: 'string', default: process.env.CHROMIUM_PATH ?? '' },
    rounds: { type: 'string', default: '7' },
    /** Batches of 500 events in a round of the intake. */
    batches: { type: 'string', default: '200' },
    few: { type: 'string', default: '100000' },
    many: { type: 'string', default: '10000000' },
    port: { type: 'string', default: '3680' },
    server: { type: 'string', default: 'dist/server.mjs' },
    'node-options': { type: 'string', default: '' },
  },
})

const LIVE_REPORTS = 40

async function measure(dataDir: string): Promise<void> {
  const parts = new Set(flags.only.split(','))
  const rounds = Number(flags.rounds)
  const closing: (() => Promise<void> | void)[] = []
  try {
    const product = await startProductServer({
      file: flags.server,
      port: Number(flags.port),
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
    if (parts.has('intake')) {
      await measureIntake(bench, product, dataset, { rounds, batches: Number(flags.batches) })
    }
    if (parts.has('queries')) {
      await measureUsageQueries(dataset, {
        rounds,
        few: Number(flags.few),
        many: Number(flags.many),
      })
    }
  } finally {
    for (const close of closing.reverse()) await close()
  }
}

async function crash(): Promise<void> {
  const plan = { rounds: 20, batchesARound: 24, size: 500 }
  const outcome = await crashWhileReporting({ ...plan, onRound: (said) => console.log(said) })
  const { sent, counted, calls, inputSent, inputCounted, differences } = outcome
  console.log(
    `\n${sent} events sent, ${counted} stored, ${calls} in the sums of days; ${inputSent} input tokens sent, ${inputCounted} counted; recount: ${differences} differences`,
  )
  const isExact = counted === sent && calls === sent && inputCounted === inputSent
  if (!isExact || differences !== 0) process.exitCode = 1
}

const dataDir = mkdtempSync(join(tmpdir(), 'fruxon-bench-'))
try {
  const [cpu] = cpus()
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model}\n`,
  )
  await buildIfMissing(flags.server)
  if (flags.crash) await crash()
  else if (flags.live) await measureLivePage(LIVE_REPORTS, flags.browser)
  else await measure(dataDir)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
