import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'

let world: World
let org: Organization
let admin: Person
let caller: Caller
let agent: string
let dataset: string

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = await org.person('ADMIN')
  const scopes = [
    'agents:read',
    'agents:test',
    'datasets:read',
    'datasets:write',
    'executions:read',
  ] as const
  caller = world.as(await org.token(admin, scopes))
  agent = await org.runnableAgent(admin)
  await org.scored(agent)
  dataset = await datasetOf([
    { name: 'Tea', parameters: { topic: 'Green tea' }, expected: 'Green tea' },
    { name: 'Coffee', parameters: { topic: 'Coffee' }, expected: 'Something else entirely' },
  ])
})
afterAll(() => world.close())

async function datasetOf(cases: object[]): Promise<string> {
  const made = await caller.post(`${org.path}/datasets`, {
    name: `Of ${cases.length} ${Math.random()}`,
  })
  const { id } = made.json<{ id: string }>()
  await caller.post(`${org.path}/datasets/${id}/cases`, { cases })
  return id
}

const evaluate = (body: object, headers: Record<string, string> = {}, who = caller) =>
  who.post(`${org.path}/agents/${agent}:evaluate`, body, headers)
const runs = () => `${org.path}/agents/${agent}/evaluationRuns`

interface Run {
  id: string
  status: string
}
const runOf = async (id: string) => (await caller.get(`${runs()}/${id}`)).json<Run>()

it('is started once for a key, taken up by the workers, scored, and listed with its results', async () => {
  const key = { 'Idempotency-Key': 'nightly-1' }
  const started = await evaluate({ datasetId: dataset, baselineRevision: 1 }, key)
  expect(started.status, started.text).toBe(201)
  expect(started.json()).toMatchObject({
    // Workers begin at once: the answer says what is so when it is read.
    status: expect.stringMatching(/^(PENDING|IN_PROGRESS|COMPLETED)$/),
    candidateRevision: 1,
    baselineRevision: 1,
    judge: null,
    createdByType: 'USER',
    metrics: [{ key: 'correctness', share: 100 }],
  })
  const { id } = started.json<Run>()
  expect(started.headers.location).toBe(`${runs()}/${id}`)
  await expect.poll(async () => (await runOf(id)).status, { timeout: 20_000 }).toBe('COMPLETED')
  expect(await runOf(id)).toMatchObject({
    status: 'COMPLETED',
    progress: { total: 4, done: 4, failed: 0 },
    // The same revision on both sides, by a judge that always says the same.
    result: { change: 0, outcomes: { wins: 0, ties: 2, losses: 0 }, scored: 2, total: 2 },
    measured: { candidate: { answered: 2, totalCost: 0 } },
    judging: { totalCost: 0, unpriced: 0 },
  })
  const again = await evaluate({ datasetId: dataset, baselineRevision: 1 }, key)
  expect(again.json<Run>().id).toBe(id)
  expect((await evaluate({ datasetId: dataset }, key)).status).toBe(422)
  const results = await caller.get(`${runs()}/${id}/results?order=position&pageSize=1`)
  expect(results.json()).toMatchObject({
    totalCount: 2,
    nextPageToken: expect.stringMatching(/./),
    items: [
      {
        name: 'Tea',
        parameters: { topic: 'Green tea' },
        candidate: {
          state: 'DONE',
          executionRecordId: expect.any(String),
          scores: [{ levelLabel: expect.any(String), reason: expect.any(String) }],
        },
        change: 0,
      },
    ],
  })
  const listed = await caller.get(runs())
  expect(listed.json()).toMatchObject({ totalCount: 1, items: [{ id, status: 'COMPLETED' }] })
  const executions = await caller.get(`${org.path}/executions?sessionId=${id}&origin=test`)
  expect(executions.json()).toMatchObject({ totalCount: 4 })
})

it('refuses by place what cannot be evaluated', async () => {
  const unfit = await datasetOf([{ name: 'Odd', parameters: { unknown: 1 } }])
  const cases: [object, string, string][] = [
    [{ datasetId: crypto.randomUUID() }, 'validation_failed', '/datasetId'],
    [{ datasetId: dataset, candidateRevision: 9 }, 'validation_failed', '/candidateRevision'],
    [
      { datasetId: dataset, judge: { provider: 'local', model: 'x' } },
      'validation_failed',
      '/judge/provider',
    ],
    [{ datasetId: dataset, extra: 1 }, 'validation_failed', '/extra'],
    [{ datasetId: await datasetOf([]) }, 'dataset_empty', '/datasetId'],
    [{ datasetId: unfit }, 'case_does_not_fit', '/datasetId'],
  ]
  for (const [body, code, pointer] of cases) {
    const answer = await evaluate(body)
    expect(answer.json(), JSON.stringify(body)).toMatchObject({
      status: 400,
      code,
      errors: [{ pointer }],
    })
  }
  const judge = { provider: 'nobody', model: 'x' }
  expect((await evaluate({ datasetId: dataset, judge })).json()).toMatchObject({
    status: 503,
    code: 'provider_not_configured',
  })
  const unscored = await org.runnableAgent(admin)
  const nothing = await caller.post(`${org.path}/agents/${unscored}:evaluate`, {
    datasetId: dataset,
  })
  expect(nothing.json()).toMatchObject({ status: 409, code: 'no_judged_metric' })
})

it('is cancelled once and for all, and seen by nobody else', async () => {
  const many = Array.from({ length: 200 }, (_, index) => ({
    parameters: { topic: `Topic ${index}` },
  }))
  const started = await evaluate({ datasetId: await datasetOf(many) })
  const path = `${runs()}/${started.json<Run>().id}`
  expect((await caller.post(`${path}:cancel`)).json()).toMatchObject({ status: 'CANCELLED' })
  const after = (await caller.get(path)).json()
  expect((await caller.post(`${path}:cancel`)).json()).toEqual(after)
  const elsewhere = await world.organization()
  const stranger = world.as(
    await elsewhere.token(await elsewhere.person('ADMIN'), [
      'agents:read',
      'datasets:read',
      'agents:test',
    ]),
  )
  const foreign = `${elsewhere.path}/agents/${agent}/evaluationRuns/${started.json<Run>().id}`
  expect((await stranger.get(foreign)).json()).toMatchObject({ status: 404, code: 'not_found' })
  const blind = world.as(await org.token(admin, ['agents:read', 'agents:test']))
  expect((await blind.get(path)).status).toBe(404)
  expect((await evaluate({ datasetId: dataset }, {}, blind)).status).toBe(404)
})
