import { afterAll, beforeAll, expect, it } from 'vitest'
import { callAndLeave } from '@/e2e/api/support/leaving-caller'
import {
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { PRESETS } from '@/lib/access/presets'
import { ALL_SCOPES } from '@/lib/access/scopes'

const INPUT = { input: { topic: 'the EU AI Act' } }
const RUNNER = PRESETS.find(({ id }) => id === 'runner')?.scopes ?? []

let world: World
let org: Organization
let admin: Person
/** Of a service that does nothing but run agents. */
let runner: Token
let reader: Token

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = await org.person('ADMIN')
  runner = await org.token(await org.serviceAccount(RUNNER), RUNNER, { name: 'prod-server' })
  reader = await org.token(admin, ALL_SCOPES)
})
afterAll(() => world.close())

const execute = (agent: string, body: unknown = INPUT, token = runner) =>
  world.as(token).post(`${org.path}/agents/${agent}:execute`, body)
const runsOf = async (agent: string, query = '') =>
  (await world.as(reader).get(`${org.path}/executions?agent=${agent}${query}`)).json<{
    items: Record<string, unknown>[]
    totalCount: number
  }>()

it('runs with the runner preset, is listed with its token, and is in usage at once', async () => {
  const agent = await org.runnableAgent(admin)
  const ran = await execute(agent, { ...INPUT, sessionId: 'thread-1', chatUser: { id: 'c-1' } })
  expect(ran.json(), ran.text).toMatchObject({
    sessionId: 'thread-1',
    trace: { agentId: agent, agentRevision: 1, duration: expect.any(Number), totalCost: 0 },
  })
  const tested = await world
    .as(reader)
    .post(`${org.path}/agents/${agent}:test`, { input: 'Hello', revision: 1 })
  expect(tested.json().response, tested.text).toContain('Hello')
  expect(await runsOf(agent, '&origin=production')).toMatchObject({
    totalCount: 1,
    items: [
      {
        id: ran.json().executionRecordId,
        agentId: agent,
        sessionId: 'thread-1',
        chatUserId: 'c-1',
        status: 'SUCCEEDED',
        local: true,
        createdByType: 'SERVICE_ACCOUNT',
        tokenId: runner.id,
        tokenName: 'prod-server',
        requestId: ran.headers['x-request-id'],
      },
    ],
  })
  const cost = await world.as(reader).get(`${org.path}/agents/${agent}/revisions/*/cost`)
  expect(cost.json()).toMatchObject({ executionCount: 2, totalCost: 0 })
})

it('refuses by place what is not as the revision wants it', async () => {
  const agent = await org.runnableAgent(admin)
  const cases: [unknown, string][] = [
    [{ input: { topic: 7 } }, '/input/topic'],
    [{ input: { subject: 'x' } }, '/input/subject'],
    [{ parameters: { topic: [] } }, '/parameters/topic'],
    [{ input: ' ' }, '/input'],
    [{ input: 7 }, '/input'],
    [{ ...INPUT, parameters: {} }, '/parameters'],
    [{ ...INPUT, attachments: [] }, '/attachments'],
    [{ ...INPUT, sessionId: '' }, '/sessionId'],
    [{ ...INPUT, chatUser: {} }, '/chatUser/id'],
  ]
  for (const [body, pointer] of cases) {
    const answer = await execute(agent, body)
    expect(answer.json(), JSON.stringify(body)).toMatchObject({
      status: 400,
      errors: [{ pointer }],
    })
  }
  expect((await runsOf(agent)).totalCount).toBe(0)
})

it('refuses who may not, what is not there, what does not run, and what has no provider', async () => {
  const agent = await org.runnableAgent(admin)
  const weak = await org.token(admin, ['agents:read'])
  const unscoped = await execute(agent, INPUT, weak)
  expect(unscoped.json()).toMatchObject({ status: 403, missingScopes: ['agents:execute'] })
  expect(unscoped.headers['www-authenticate']).toBe(
    'Bearer error="insufficient_scope", scope="agents:execute"',
  )
  expect((await execute('nobody')).json()).toMatchObject({ status: 404, code: 'not_found' })
  const elsewhere = await world.organization()
  const theirs = await elsewhere.runnableAgent(await elsewhere.person('ADMIN'))
  expect((await execute(theirs)).json()).toMatchObject({ status: 404, code: 'not_found' })
  expect((await execute(await org.agent(admin))).json()).toMatchObject({
    status: 409,
    code: 'nothing_deployed',
  })
  const unset = await execute(await org.runnableAgent(admin, 'openai'))
  expect(unset.json()).toMatchObject({ status: 503, code: 'provider_not_configured' })
})

it('refuses a run when an enforced budget of its agent is spent', async () => {
  const agent = await org.runnableAgent(admin)
  const put = { method: 'PUT', path: `${org.path}/agents/${agent}/budget`, token: reader.secret }
  await world.call({ ...put, body: { amount: 1, enforceLimit: true } })
  expect((await execute(agent)).status).toBe(200)
  const reported = await world.as(runner).post(`${org.path}/usageEvents:ingest`, [
    {
      specversion: '1.0',
      id: agent,
      source: 'test',
      type: 'com.fruxon.usage.model-call',
      time: new Date().toISOString(),
      data: { provider: 'openai', model: 'gpt-4o', agent, outputTokens: 100_000_000 },
    },
  ])
  expect(reported.json(), reported.text).toMatchObject({ accepted: 1 })
  const refused = await execute(agent)
  expect(refused.json()).toMatchObject({ status: 402, code: 'budget_exhausted' })
  expect(refused.json().detail).toContain('agent')
  expect((await runsOf(agent)).totalCount).toBe(1)
})

it('ends a run whose caller has left', async () => {
  const agent = await org.runnableAgent(admin)
  await callAndLeave(world, {
    path: `${org.path}/agents/${agent}:execute`,
    secret: runner.secret,
    body: INPUT,
  })
  const ended = async () => (await runsOf(agent)).items[0]
  await expect.poll(ended).toMatchObject({ status: 'FAILED', errorCode: 'run_cancelled' })
})
