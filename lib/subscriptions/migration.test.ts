import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { applyMigrations } from '@/lib/db/migrate'
import { newId } from '@/lib/ids'
import { billingPeriodAt } from '@/lib/plans/billing-period'
import { PLANS } from '@/lib/plans/plan'
import { findSubscription } from '@/lib/subscriptions/subscription-store'
import { createEmptyDatabase, type TestDatabase } from '@/lib/testing/database'

const MIGRATIONS = resolve(import.meta.dirname, '../../prisma/migrations')
const SUBSCRIPTIONS = '20261122010000_subscriptions'

let migrationsDir: string
let database: TestDatabase
let pool: pg.Pool
beforeEach(async () => {
  migrationsDir = mkdtempSync(join(tmpdir(), 'fruxon-migrations-'))
  database = await createEmptyDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
})
afterEach(async () => {
  await pool.end()
  await database.drop()
  rmSync(migrationsDir, { recursive: true, force: true })
})

async function migrate(wanted: (name: string) => boolean): Promise<void> {
  for (const name of readdirSync(MIGRATIONS).filter(wanted)) {
    mkdirSync(migrationsDir, { recursive: true })
    cpSync(join(MIGRATIONS, name), join(migrationsDir, name), { recursive: true })
  }
  await applyMigrations({ connectionString: database.url, migrationsDir })
}

async function organization(createdAt: string, choices: [string, number][]): Promise<string> {
  const id = newId()
  await pool.query(
    'INSERT INTO organizations (id, slug, name, created_at) VALUES ($1, $2, $2, $3)',
    [id, `org-${id.slice(-12)}`, createdAt],
  )
  for (const [place, [plan, anchorDay]] of choices.entries()) {
    await pool.query(
      `INSERT INTO billing.plan_choice (organization_id, chosen_at, id, plan, anchor_day)
       VALUES ($1, $2, $3, $4, $5)`,
      [id, new Date(Date.parse(createdAt) + place), newId(), plan, anchorDay],
    )
  }
  return id
}

it('carries the plans over that were chosen before there were subscriptions', async () => {
  await migrate((name) => name < SUBSCRIPTIONS || name.endsWith('.toml'))
  const none = await organization('2026-01-30T12:00:00Z', [])
  const free = await organization('2026-01-02T12:00:00Z', [['STARTER', 15]])
  const paid = await organization('2025-01-02T12:00:00Z', [
    ['BUSINESS', 3],
    ['TEAM', 31],
  ])
  const before = Date.now()
  await migrate((name) => name === SUBSCRIPTIONS)
  const after = Date.now()
  const wanted = [
    { id: none, plan: PLANS.STARTER, anchorDay: 30, waived: false },
    { id: free, plan: PLANS.STARTER, anchorDay: 15, waived: false },
    { id: paid, plan: PLANS.TEAM, anchorDay: 31, waived: true },
  ]
  for (const { id, plan, anchorDay, waived } of wanted) {
    const found = await findSubscription(pool, id)
    // The migration ran at some moment between the two.
    const periods = [before, after].map((moment) => billingPeriodAt(moment, anchorDay))
    expect(periods).toContainEqual(found.period)
    expect(found).toMatchObject({
      plan,
      anchorDay,
      state: waived ? 'TRIALING' : 'ACTIVE',
      trialEndsAt: waived ? found.period.to : null,
      revision: 1,
      changedAt: found.period.from,
    })
  }
  const { rows } = await pool.query<{ trial: boolean }>(
    'SELECT trial FROM billing.subscription_change ORDER BY trial',
  )
  expect(rows.map(({ trial }) => trial)).toEqual([false, false, true])
})
