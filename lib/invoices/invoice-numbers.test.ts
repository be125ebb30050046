import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { charge, feeLine } from '@/lib/invoices/invoice-fixture'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const PROGRAM = resolve(import.meta.dirname, '../testing/invoice-issuer-process.ts')
/** Each issues ten at once. */
const PROGRAMS = 5
const ROUNDS = 2
const PERIOD = { from: 0, to: 86_400_000 }

let product: ProductFixture
const running = new Set<ChildProcess>()
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await product.close()
})

/** Runs until it has told of so many invoices, and is killed in the middle of the next ones. */
async function issueUntilKilled(organizations: string[], count: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', PROGRAM, product.url, ...organizations],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  running.add(child)
  const exited = once(child, 'exit')
  const told: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.length === 36) told.push(line)
    if (told.length === count) child.kill('SIGKILL')
  }
  await exited
  running.delete(child)
  return told
}

async function numbersOf(series: 'INV' | 'CN'): Promise<string[]> {
  const { rows } = await product.db.pool.query<{ number: string }>(
    'SELECT number FROM billing.invoice WHERE number LIKE $1 ORDER BY number',
    [`${series}-2026-%`],
  )
  return rows.map(({ number }) => number)
}

it('has no gap and no number twice, however often those who issue fifty at once are killed', async () => {
  const organizations = await Promise.all(
    Array.from({ length: 20 }, async () => (await product.organization()).id),
  )
  const told: string[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const ofRound = await Promise.all(
      Array.from({ length: PROGRAMS }, (_, place) =>
        issueUntilKilled(organizations, round * 10 + place * 5),
      ),
    )
    told.push(...ofRound.flat())
  }
  // The series goes on as if nothing had happened.
  told.push(
    await charge(product.db, organizations[0] ?? '', [feeLine(100n, PERIOD)], {
      at: Date.UTC(2026, 5, 2),
    }),
  )

  const numbers = await numbersOf('INV')
  expect(numbers).toEqual(
    numbers.map((_, place) => `INV-2026-${String(place + 1).padStart(6, '0')}`),
  )
  const { rows } = await product.db.pool.query<{ last: number; kept: number; lines: number }>(
    `SELECT (SELECT last::int FROM billing.number_series WHERE series = 'INV' AND year = 2026) AS last,
       (SELECT count(*)::int FROM billing.invoice WHERE id = ANY($1)) AS kept,
       (SELECT count(*)::int FROM billing.invoice i WHERE EXISTS (SELECT 1 FROM billing.invoice_line l
         WHERE l.organization_id = i.organization_id AND l.invoice_id = i.id)) AS lines`,
    [told],
  )
  // What was acknowledged is there; what was not is whole or not there at all.
  expect(rows[0]).toEqual({ last: numbers.length, kept: told.length, lines: numbers.length })
  expect(told.length).toBeGreaterThan(ROUNDS * PROGRAMS * 10)
}, 180_000)
