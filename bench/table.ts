import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { type Keystroke, typeAndTime } from '@/bench/keystrokes'
import { buildIfMissing } from '@/bench/servers'
import { number, percentile, table } from '@/bench/statistics'
import { startProduct } from '@/e2e/support/product'
import { DEMO_PEOPLE, signIn } from '@/e2e/support/sign-in'
import { openDatabase } from '@/lib/db/database'
import { parsePeppers } from '@/lib/tokens/digest'
import { addManyTokens } from '@/prisma/seed/bulk'

/**
 * `npm run bench:table`: the built page with many tokens in a real browser. Each keystroke in the search
 * field is timed from the key to the painted frame. What it prints is what docs/benchmarks.md holds.
 */

const { values: flags } = parseArgs({
  options: {
    tokens: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    /** A Chromium; Playwright's own without it. */
    browser: { type: 'string', default: process.env.CHROMIUM_PATH ?? '' },
  },
})

const TEXTS = ['batch-0', '5678', 'ada', 'fx_pat_9']

function row(name: string, times: readonly number[]): string[] {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number) => number(percentile(sorted, part), 1)
  return [name, number(sorted.length), at(0.5), at(0.95), number(sorted.at(-1) ?? 0, 1)]
}

async function measure(url: string): Promise<Keystroke[]> {
  const browser = await chromium.launch({
    ...(flags.browser ? { executablePath: flags.browser } : {}),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } })
    await signIn(page, DEMO_PEOPLE.acmeAdmin, '/acme/settings/api-access?view=everyone')
    await page.getByText(/^1\d,\d{3} tokens$/).waitFor()
    await page.getByRole('searchbox', { name: 'Search tokens' }).focus()
    // The first round warms up the page's code, as the first letters of a person do.
    await typeAndTime(page, '#content', TEXTS)
    const texts = Array.from({ length: Number(flags.rounds) }, () => TEXTS).flat()
    return await typeAndTime(page, '#content', texts)
  } finally {
    await browser.close()
  }
}

async function run(): Promise<void> {
  await buildIfMissing('dist/server.mjs')
  const product = await startProduct({ demo: true })
  try {
    const db = openDatabase({ url: product.databaseUrl, poolSize: 2 })
    await addManyTokens(db, parsePeppers(product.tokenPepper), Number(flags.tokens))
    await db.close()
    const strokes = await measure(product.url)
    const echo = strokes.map(({ echoMs }) => echoMs)
    const list = strokes.map(({ listMs }) => listMs).filter((ms) => ms !== null)
    console.log(`\n${cpus().length} cores, ${number(Number(flags.tokens))} tokens in the page\n`)
    const header = ['from the key until', 'keystrokes', 'p50 ms', 'p95 ms', 'max ms']
    console.log(table(header, [row('the letter is painted', echo), row('the list is', list)]))
  } finally {
    await product.stop()
  }
}

await run()
