import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ChangeBus } from '@/lib/db/change-bus'
import { openDatabase } from '@/lib/db/database'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { readEnvironment } from '@/lib/env'
import { type JobRunner, startJobs } from '@/lib/jobs/run'
import { noticesOf, type PersonContext } from '@/lib/notifications/notifications-fixture'
import type { Runtime } from '@/lib/runtime'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'

let product: ProductFixture
let person: PersonContext
let jobs: JobRunner
const opened: { close(): Promise<void> }[] = []

beforeAll(async () => {
  product = await createProductFixture()
  person = await (await product.organization()).member('MEMBER')
  const db = openDatabase({ url: product.url, poolSize: 6 })
  opened.push(db)
  jobs = await startJobs({
    db,
    environment: readEnvironment({ PUBLIC_URL: 'https://settings.example.com' }),
    crypto: { emailLinks: new EmailLinkSealer(randomBytes(32).toString('hex')) },
    changes: new ChangeBus(product.url, () => undefined),
    mail: null,
    billing: { collector: null },
    log: pino({ level: 'silent' }),
  } as Runtime)
}, 60_000)

afterAll(async () => {
  await jobs.stop()
  for (const one of opened) await one.close()
  await product.close()
})

/** Resolves when the worker has taken the job away, which it does after a success only. */
async function run(task: string): Promise<void> {
  const { pool } = product.db
  await pool.query('SELECT graphile_worker.add_job($1)', [task])
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query<{ left: number }>(
        `SELECT count(*)::int AS left FROM graphile_worker.jobs
         WHERE task_identifier = $1 AND run_at <= now()`,
        [task],
      )
      expect(rows[0]?.left).toBe(0)
    },
    { timeout: 15_000, interval: 50 },
  )
}

const notices = () => noticesOf(product.db, person.principal.userId)

it('tells of tokens that expire, digests it, and forgets it in the end', async () => {
  const { pool } = product.db
  await pool.query(
    `INSERT INTO notification_preferences (user_id, kind, in_app, email)
     VALUES ($1, 'token-expiring', true, 'DAILY')`,
    [person.principal.userId],
  )
  const token = await mint(person, { expirationDays: 90 })
  await pool.query(
    `UPDATE tokens SET created_at = now() - interval '80 days',
       expires_at = now() + interval '6 days' WHERE id = $1`,
    [token.id],
  )
  await run('token-expiring')
  expect(await notices()).toMatchObject([{ kind: 'token-expiring', email: 'DAILY', emailId: null }])

  await pool.query(`UPDATE notifications SET created_at = now() - interval '179 days'`)
  await run('send-digests')
  expect(await notices()).toMatchObject([{ emailId: expect.any(String) }])

  await run('expired-records')
  expect(await notices()).toHaveLength(1)
  await pool.query(`UPDATE notifications SET created_at = now() - interval '181 days'`)
  await run('expired-records')
  expect(await notices()).toEqual([])
}, 60_000)
