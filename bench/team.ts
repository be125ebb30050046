import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { typeAndTime } from '@/bench/keystrokes'
import { buildIfMissing } from '@/bench/servers'
import { number, percentile, table } from '@/bench/statistics'
import { type Product, startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, signIn } from '@/e2e/support/sign-in'

/**
 * `npm run bench:team`: the Team page of a large organization: how much later its first byte comes than that
 * of a page that shows nothing but the frame, and how long a keystroke of its search takes. What it prints
 * is what docs/benchmarks.md holds.
 */

const { values: flags } = parseArgs({
  options: {
    members: { type: 'string', default: '5000' },
    loads: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' },
    /** A Chromium; Playwright's own without it. */
    browser: { type: 'string', default: process.env.CHROMIUM_PATH ?? '' },
  },
})

const TEAM = '/acme/settings/team'
/** The frame around every page, and in it one form. */
const SHELL = '/acme/settings/profile'
const TEXTS = ['member 42', 'ada', 'example']

function addMembers(product: Product, count: number) {
  return queryProduct(
    product,
    `WITH people AS (
       INSERT INTO users (id, email, display_name)
       SELECT gen_random_uuid(), 'member' || n || '@acme.example', 'Member ' || n
       FROM generate_series(1, $1::int) n RETURNING id)
     INSERT INTO memberships (organization_id, user_id, role, last_active_at)
     SELECT o.id, people.id, 'MEMBER', now() - random() * interval '30 days'
     FROM people, organizations o WHERE o.slug = 'acme'`,
    [count],
  )
}

/** Ms from the request to the first byte of the document, and to its last. */
async function loadOnce(context: BrowserContext, path: string): Promise<[number, number]> {
  const started = performance.now()
  const response = await fetch(new URL(path, (await originOf(context)).href), {
    headers: { cookie: await cookiesOf(context) },
    redirect: 'error',
  })
  const reader = response.body?.getReader()
  await reader?.read()
  const first = performance.now() - started
  while (reader && !(await reader.read()).done);
  return [first, performance.now() - started]
}

async function originOf(context: BrowserContext): Promise<URL> {
  const page = context.pages()[0]
  if (!page) throw new Error('Nothing is open.')
  return new URL(page.url())
}

async function cookiesOf(context: BrowserContext): Promise<string> {
  const cookies = await context.cookies()
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

function row(name: string, times: readonly number[]): string[] {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number) => number(percentile(sorted, part), 1)
  return [name, number(sorted.length), at(0.5), at(0.95), number(sorted.at(-1) ?? 0, 1)]
}

/** In turn, so that a slow moment of the machine meets both. */
async function measureLoads(page: Page): Promise<string[][]> {
  const times: Record<string, [number, number][]> = { [SHELL]: [], [TEAM]: [] }
  for (let load = 0; load < Number(flags.loads) + 3; load++) {
    for (const [path, measured] of Object.entries(times)) {
      const time = await loadOnce(page.context(), path)
      // The first ones meet code that has not run yet.
      if (load >= 3) measured.push(time)
    }
  }
  const part = (path: string, index: 0 | 1) => (times[path] ?? []).map((pair) => pair[index])
  return [
    row('a page of little more than the frame: first byte', part(SHELL, 0)),
    row('Team: first byte', part(TEAM, 0)),
    row('Team: last byte', part(TEAM, 1)),
  ]
}

async function run(): Promise<void> {
  await buildIfMissing('dist/server.mjs')
  const product = await startProduct({ demo: true })
  const browser = await chromium.launch({
    ...(flags.browser ? { executablePath: flags.browser } : {}),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
  try {
    await addMembers(product, Number(flags.members))
    const page = await browser.newPage({
      baseURL: product.url,
      viewport: { width: 1440, height: 900 },
    })
    await signIn(page, DEMO_PEOPLE.acmeAdmin, TEAM)
    const loads = await measureLoads(page)
    await page.getByRole('searchbox', { name: 'Search members' }).focus()
    await typeAndTime(page, '#content', TEXTS)
    const texts = Array.from({ length: Number(flags.rounds) }, () => TEXTS).flat()
    const strokes = await typeAndTime(page, '#content', texts)
    const list = strokes.map(({ listMs }) => listMs).filter((ms) => ms !== null)
    console.log(`\n${cpus().length} cores, ${number(Number(flags.members))} members\n`)
    console.log(table(['document', 'loads', 'p50 ms', 'p95 ms', 'max ms'], loads))
    const header = ['from the key until', 'keystrokes', 'p50 ms', 'p95 ms', 'max ms']
    const echo = strokes.map(({ echoMs }) => echoMs)
    const painted = [row('the letter is painted', echo), row('the list is', list)]
    console.log(`\n${table(header, painted)}`)
  } finally {
    await browser.close()
    await product.stop()
  }
}

await run()
