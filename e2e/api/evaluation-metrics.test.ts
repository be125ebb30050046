import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, createWorld, type Organization, type World } from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { type OpenAiServer, startOpenAiServer } from '@/lib/testing/openai-server'

let models: OpenAiServer
let world: World
let org: Organization
let caller: Caller
let secret: string

beforeAll(async () => {
  models = await startOpenAiServer()
  world = await createWorld({
    env: {
      LLM_PROVIDERS: 'house-models',
      LLM_HOUSE_MODELS_BASE_URL: models.baseUrl,
      LLM_HOUSE_MODELS_API_KEY: models.apiKey,
    },
  })
  org = await world.organization()
  secret = (await org.token(await org.person('ADMIN'), ALL_SCOPES)).secret
  caller = world.as({ secret })
})
afterAll(async () => {
  await world.close()
  await models.close()
})

const METRICS = 'evaluationMetrics'
const get = (path: string) => caller.get(`${org.path}/${path}`)
const post = (path: string, body: unknown = {}) => caller.post(`${org.path}/${path}`, body)
const put = (path: string, body: unknown, token = secret) =>
  world.call({ method: 'PUT', path: `${org.path}/${path}`, token, body })

const rubric = { name: 'Tone of the answer', description: 'Is it kind?\nJudge the tone only.' }

async function create(key: string) {
  const answer = await post(METRICS, { key, ...rubric, defaultWeight: 25 })
  expect(answer.status, answer.text).toBe(201)
  expect(answer.headers.location).toBe(`${org.path}/${METRICS}/${answer.json().id}`)
  return answer.json<{ id: string; version: number }>()
}

it('keeps a metric by the contract: made, changed, deprecated, restored, never deleted', async () => {
  const metric = await create('answerTone')
  expect(metric).toMatchObject({ key: 'answerTone', ...rubric, defaultWeight: 25, version: 1 })
  const path = `${METRICS}/${metric.id}`
  expect((await get(path)).json()).toEqual(metric)

  const changed = await put(path, { ...rubric, defaultWeight: 30, version: 1 })
  expect(changed.json()).toMatchObject({ defaultWeight: 30, version: 2 })
  const late = await put(path, { ...rubric, defaultWeight: 40, version: 1 })
  expect(late.json()).toMatchObject({ status: 409, code: 'metric_changed' })
  const rekeyed = await put(path, { ...rubric, key: 'other' })
  expect(rekeyed.json()).toMatchObject({ status: 400, errors: [{ pointer: '/key' }] })

  const restored = await post(`${path}/versions/1:restore`)
  expect(restored.json()).toMatchObject({ defaultWeight: 25, version: 3 })
  const versions = (await get(`${path}/versions?pageSize=2`)).json()
  expect(versions).toMatchObject({
    items: [{ version: 3, restoredFrom: 1, changed: ['defaultWeight'] }, { version: 2 }],
    totalCount: 3,
  })
  const rest = await get(`${path}/versions?pageSize=2&pageToken=${versions.nextPageToken}`)
  expect(rest.json()).toMatchObject({ items: [{ version: 1 }], nextPageToken: '' })
  expect((await get(`${path}/versions/2`)).json()).toMatchObject({ defaultWeight: 30 })
  expect((await get(`${path}/versions/9`)).status).toBe(404)

  expect((await post(`${path}:deprecate`)).json()).toMatchObject({ isDeprecated: true })
  const keysOf = async (query = '') =>
    (await get(`${METRICS}${query}`))
      .json<{ items: { key: string }[] }>()
      .items.map(({ key }) => key)
  expect(await keysOf()).not.toContain('answerTone')
  expect(await keysOf('?includeDeprecated=true')).toContain('answerTone')
  expect((await post(`${path}:restore`)).json()).toMatchObject({ isDeprecated: false })
  expect((await caller.delete(`${org.path}/${path}`)).status).toBe(405)
})

it('refuses what a key, a weight or a scale cannot be, at its place', async () => {
  const wrong = async (body: object) =>
    (await post(METRICS, { key: 'fine', ...rubric, ...body }))
      .json<{ errors: { pointer: string }[] }>()
      .errors.map(({ pointer }) => pointer)
  expect(await wrong({ key: 'Answer tone' })).toEqual(['/key'])
  expect(await wrong({ name: ' ', description: '\n' })).toEqual(['/name', '/description'])
  expect(await wrong({ defaultWeight: 101 })).toEqual(['/defaultWeight'])
  const level = (score: number) => ({ score, label: 'One' })
  expect(await wrong({ levels: [level(2), level(1)] })).toEqual(['/levels/1/score'])
  expect(await wrong({ levels: [level(1), level(2)], passScore: 3 })).toEqual(['/passScore'])
  expect(await wrong({ key: 'cost' })).toEqual(['/key'])
})

it('leaves built-in metrics as they are, and lends them', async () => {
  const { items } = (await get(METRICS)).json<{ items: { id: string; key: string }[] }>()
  const correctness = items.find(({ key }) => key === 'correctness')?.id ?? ''
  const path = `${METRICS}/${correctness}`
  const answer = await put(path, rubric)
  expect(answer.json()).toMatchObject({ status: 400, code: 'system_metric' })
  const copy = (await post(`${path}:clone`)).json()
  expect(copy).toMatchObject({ key: 'correctnessCopy', clonedFrom: 'correctness' })

  const trial = await post(`${path}:try`, { input: 'Two and two?', output: 'Four.' })
  expect(trial.json()).toMatchObject({
    judge: { id: 'local', isDeterministic: true, provider: null },
    spent: null,
    passed: expect.any(Boolean),
  })

  const set = await put('agents/support/evaluationMetrics', {
    evaluationMetrics: [{ metricId: correctness }, { metricId: copy.id }],
  })
  expect(set.json()).toMatchObject({
    agentId: 'support',
    evaluationMetrics: [{ weight: 50, share: 50 }, { weight: 50 }],
  })
  expect((await get('agents/support/evaluationMetrics')).json()).toEqual(set.json())
  expect((await get('agents/nobody/evaluationMetrics')).json()).toMatchObject({
    evaluationMetrics: [],
  })
})

it('has a model of a provider that is set up judge, for who may test agents', async () => {
  const { id } = await create('judged')
  const path = `${org.path}/${METRICS}/${id}:try`
  const wish = {
    input: 'Where?',
    output: 'Here.',
    judge: { provider: 'house-models', model: 'judge-1' },
  }
  models.reply = () => '{"reason": "It is there.", "score": 4}'
  expect((await caller.post(path, wish)).json()).toMatchObject({
    ...{ score: 4, passed: true, reason: 'It is there.' },
    judge: { id: 'model', provider: 'house-models', model: 'judge-1' },
    spent: { inputTokens: expect.any(Number), outputTokens: 6, totalCost: null },
  })
  models.reply = () => 'Five stars!'
  expect((await caller.post(path, wish)).json()).toMatchObject({
    status: 502,
    code: 'verdict_unreadable',
  })
  const reader = world.as(await org.token(await org.person('ADMIN'), ['datasets:read']))
  expect((await reader.post(path, wish)).json()).toMatchObject({
    status: 403,
    missingScopes: ['agents:test'],
  })
  const local = { ...wish, judge: { provider: 'local', model: 'echo' } }
  expect((await caller.post(path, local)).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/judge/provider' }],
  })
})

it('carries metrics from one organization to another', async () => {
  await create('carried')
  const file = (await get(`${METRICS}:export?keys=carried`)).json()
  const other = await world.organization()
  const there = world.as(await other.token(await other.person('ADMIN'), ALL_SCOPES))
  const target = `${other.path}/${METRICS}:import`
  const preview = await there.post(target, { ...file, validateOnly: true })
  expect(preview.json()).toMatchObject({
    applied: false,
    metrics: [{ key: 'carried', outcome: 'CREATED' }],
  })
  expect((await there.post(target, file)).json()).toMatchObject({ applied: true })
  expect((await there.post(target, file)).json()).toMatchObject({
    metrics: [{ outcome: 'SKIPPED', reason: 'SAME' }],
  })
})

it('lets members read and try, and only admins and service accounts change', async () => {
  const member = await org.person('MEMBER')
  const { secret: token } = await org.token(member, ALL_SCOPES)
  const { id } = await create('adminsOnly')
  const refused = await put(`${METRICS}/${id}`, rubric, token)
  expect(refused.json()).toMatchObject({ status: 403, code: 'role_insufficient' })
  const reader = world.as({ secret: token })
  expect((await reader.get(`${org.path}/${METRICS}/${id}`)).status).toBe(200)
  const account = await org.serviceAccount(['datasets:read', 'datasets:write'])
  const bot = await org.token(account, ['datasets:read', 'datasets:write'])
  expect((await put(`${METRICS}/${id}`, { ...rubric, name: 'By a bot' }, bot.secret)).status).toBe(
    200,
  )
})

it('makes so many a minute, and says when to come back', async () => {
  const busy = await world.organization()
  const eager = world.as(await busy.token(await busy.person('ADMIN'), ALL_SCOPES))
  const answers = await Promise.all(
    Array.from({ length: 31 }, (_, number) =>
      eager.post(`${busy.path}/${METRICS}`, { key: `metric${number}`, ...rubric }),
    ),
  )
  const refused = answers.filter(({ status }) => status !== 201)
  expect(refused).toHaveLength(1)
  expect(refused[0]?.json()).toMatchObject({ status: 429, code: 'too_many_metrics' })
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0)
})
