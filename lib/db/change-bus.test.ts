import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChangeBus, signalChanges } from '@/lib/db/change-bus'
import { openDatabase } from '@/lib/db/database'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database'

let database: TestDatabase
let db: ReturnType<typeof openDatabase>

beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase({ url: database.url, poolSize: 2 })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

async function startedBus() {
  const bus = new ChangeBus(database.url, () => undefined)
  await bus.start()
  return bus
}

const nextSignal = (bus: ChangeBus, channel: string) =>
  new Promise<string>((resolve) => bus.subscribe(channel, resolve))

it('knows of each channel whether something changed since a moment', async () => {
  const bus = await startedBus()
  const before = Date.now()
  const signalled = nextSignal(bus, 'usage:one')
  await signalChanges(db.pool, ['usage:one'])
  await signalled
  expect(bus.changedSince('usage:one', before - 1)).toBe(true)
  expect(bus.changedSince('usage:one', Date.now())).toBe(false)
  expect(bus.changedSince('usage:other', Date.now())).toBe(false)
  await bus.stop()
})

it('takes everything for changed of which it heard nothing yet', async () => {
  const early = Date.now() - 1000
  const bus = new ChangeBus(database.url, () => undefined)
  expect(bus.changedSince('usage:one', Date.now())).toBe(true)
  await bus.start()
  expect(bus.changedSince('usage:one', early)).toBe(true)
  expect(bus.changedSince('usage:one', Date.now())).toBe(false)
  await bus.stop()
})

it('signals every subscriber after it was cut off', async () => {
  const bus = await startedBus()
  const signalled = nextSignal(bus, 'usage:one')
  const operator = new Client({ connectionString: database.url })
  await operator.connect()
  await operator.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'fruxon-settings-listen'`,
  )
  await operator.end()
  expect(await signalled).toBe('usage:one')
  await bus.stop()
})
