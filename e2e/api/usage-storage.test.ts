import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Caller, createWorld, type Organization, type World } from '@/e2e/api/support/world'
import { newId } from '@/lib/ids'

let world: World
let org: Organization
let program: Caller

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  org = await world.organization()
  program = world.as(await org.token(await org.serviceAccount(['traces:write']), ['traces:write']))
})

const event = (type: string, data: Record<string, unknown>, time = new Date()) => ({
  specversion: '1.0',
  id: newId(),
  source: 'storage-test',
  type: `com.fruxon.usage.${type}`,
  time: time.toISOString(),
  data,
})
const storage = (bytes: unknown, time?: Date) =>
  event('storage', { knowledgeBase: 'handbook', bytes }, time)

async function kept() {
  const { rows } = await world.pool.query<{ last: number; max: number }>(
    `SELECT last_bytes::int AS last, max_bytes::int AS max FROM usage.storage_day
     WHERE organization_id = $1 ORDER BY bucket`,
    [org.id],
  )
  return rows
}

it('takes model calls and storage in one list, each once', async () => {
  const noon = new Date(new Date().setUTCHours(0, 0, 0, 0) - 43_200_000)
  const earlier = new Date(noon.getTime() - 1)
  const events = [
    storage(500, noon),
    event('model-call', { provider: 'openai', model: 'gpt-4o', inputTokens: 5 }),
    storage(900, earlier),
  ]
  const first = await program.post(`${org.path}/usageEvents:ingest`, events)
  expect(first.json()).toEqual({ accepted: 3, duplicates: 0, rejected: [] })
  const again = await program.post(`${org.path}/usageEvents:ingest`, [...events].reverse())
  expect(again.json()).toEqual({ accepted: 0, duplicates: 3, rejected: [] })
  expect(await kept()).toEqual([{ last: 500, max: 900 }])
})

it('names each bad event by its place, and keeps the good ones', async () => {
  const answer = await program.post(`${org.path}/usageEvents:ingest`, [
    storage(-1),
    storage(1.5),
    storage(3, new Date(Date.now() - 40 * 86_400_000)),
    event('model-call', { provider: 'openai', model: 'gpt-4o', bytes: 5 }),
    storage(7),
    event('disk', { knowledgeBase: 'handbook', bytes: 1 }),
    event('storage', { bytes: 1 }),
  ])
  const { accepted, rejected } = answer.json<{
    accepted: number
    rejected: { index: number; errors: { pointer: string; detail: string }[] }[]
  }>()
  expect(accepted).toBe(1)
  expect(rejected.map(({ index, errors }) => [index, errors[0]?.pointer])).toEqual([
    [0, '/data/bytes'],
    [1, '/data/bytes'],
    [2, '/time'],
    [3, '/data/bytes'],
    [5, '/type'],
    [6, '/data/knowledgeBase'],
  ])
  expect(rejected[4]?.errors[0]?.detail).toContain('com.fruxon.usage.storage')
  expect(await kept()).toEqual([{ last: 7, max: 7 }])
})
