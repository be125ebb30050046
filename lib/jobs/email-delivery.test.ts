import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChangeBus } from '@/lib/db/change-bus'
import { openDatabase } from '@/lib/db/database'
import { type MailServerFixture, startMailServer } from '@/lib/email/mail-server-fixture'
import { outboxFixture } from '@/lib/email/outbox-fixture'
import { openMailTransport } from '@/lib/email/transport'
import { startEmailDelivery } from '@/lib/jobs/email-delivery'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database'

let database: TestDatabase
let db: ReturnType<typeof openDatabase>
let server: MailServerFixture
let changes: ChangeBus

beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase({ url: database.url, poolSize: 4 })
  server = await startMailServer()
  changes = new ChangeBus(database.url, () => undefined)
  await changes.start()
})

afterAll(async () => {
  await changes.stop()
  await server.close()
  await db.close()
  await database.drop()
})

it('sends at the signal of the outbox until it is stopped', async () => {
  const outbox = outboxFixture(db, server.url)
  const mail = openMailTransport(outbox.runtime.environment)
  const delivery = startEmailDelivery({ ...outbox.runtime, mail, changes })
  const arrival = server.nextTaken()
  const recipient = await outbox.enqueue()
  expect((await arrival).recipients).toEqual([recipient])

  await delivery.stop()
  // The row of the e-mail under way is written before the stop is done.
  expect(await outbox.rowOf(recipient)).toMatchObject({ state: 'SENT' })
  const late = await outbox.enqueue()
  await delivery.run()
  expect(await outbox.rowOf(late)).toMatchObject({ state: 'WAITING', attempts: 0 })
})

it('runs once more where it was asked during a run', async () => {
  const outbox = outboxFixture(db, server.url)
  await db.pool.query('TRUNCATE outgoing_emails')
  const mail = openMailTransport(outbox.runtime.environment)
  // No bus: only what `run` does.
  const silent = new ChangeBus(database.url, () => undefined)
  const delivery = startEmailDelivery({ ...outbox.runtime, mail, changes: silent })
  const first = await outbox.enqueue()
  const arrival = server.nextTaken()
  const running = delivery.run()
  await arrival
  const second = await outbox.enqueue()
  await Promise.all([running, delivery.run()])
  expect(await outbox.rowOf(first)).toMatchObject({ state: 'SENT' })
  expect(await outbox.rowOf(second)).toMatchObject({ state: 'SENT' })
  await delivery.stop()
})
