import { APICallError } from 'ai'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { putCollaborator } from '@/lib/agents/collaborators'
import { getAgent } from '@/lib/agents/queries'
import type { Context } from '@/lib/context'
import { executeAgent, testAgent } from '@/lib/execution/commands'
import { answerOf, executionWith, runnableAgent } from '@/lib/execution/execution-fixture'
import { tellOfLateFailures } from '@/lib/execution/failure-alert'
import { wordsOf } from '@/lib/notifications/model'
import { noticesOf, outboxOf, type PersonContext } from '@/lib/notifications/notifications-fixture'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const input = { topic: 'the EU AI Act' }
const busy = () =>
  Promise.reject(
    new APICallError({
      message: 'sk-secret',
      url: 'https://provider.test',
      requestBodyValues: {},
      statusCode: 429,
      isRetryable: false,
    }),
  )

async function scene() {
  const organization = await product.organization()
  const maker = await organization.member('MEMBER')
  const colleague = await organization.member('MEMBER')
  const boss = await organization.member('ADMIN')
  const agent = await runnableAgent(maker)
  const userId = colleague.principal.userId
  await putCollaborator(maker, { agent, userId, role: 'VIEWER' })
  const { uid } = await getAgent(maker, { agent })
  const token = await mint(maker, { scopes: ['agents:execute'] })
  const program = await organization.bearer(token.secret)
  return { organization, maker, colleague, boss, agent, uid, program }
}

const fail = (program: Context, agent: string) =>
  expect(
    executeAgent(program, executionWith(busy).runtime, { agent, input }),
  ).rejects.toMatchObject({ code: 'provider_busy' })

const told = async ({ principal }: PersonContext) =>
  (await noticesOf(product.db, principal.userId)).filter(({ kind }) => kind === 'agent-runs-failed')

/** As if the last notice had been so long ago. */
const later = (uid: string, minutes: number) =>
  product.db.pool.query(
    `UPDATE execution.failure_alert SET told_at = told_at - make_interval(mins => $2)
     WHERE agent_uid = $1`,
    [uid, minutes],
  )

it('tells collaborators who want it, at once and then once an hour with the count since', async () => {
  const { maker, colleague, boss, agent, uid, program } = await scene()
  await Promise.all(Array.from({ length: 5 }, () => fail(program, agent)))
  expect(await told(maker)).toMatchObject([
    { reason: 'COLLABORATOR', facts: { agentId: agent, since: null } },
  ])
  expect(await outboxOf(product.db, maker.principal.email)).toHaveLength(1)
  // An admin of the organization is told by a grant, as everybody.
  expect([(await told(colleague)).length, await told(boss)]).toEqual([1, []])

  const own = { userId: colleague.principal.userId, alertPreferences: { errorAlerts: false } }
  await putCollaborator(colleague, { agent, ...own })
  await later(uid, 59)
  await fail(program, agent)
  expect(await told(maker)).toHaveLength(1)
  await later(uid, 1)
  await fail(program, agent)
  const counts = (await told(maker)).map(({ facts }) => facts.failed)
  expect(counts.reduce((sum: number, count) => sum + Number(count), 0)).toBe(7)
  expect([counts.length, (await told(colleague)).length]).toEqual([2, 1])
  const facts = (await told(maker))[1]?.facts
  const place = { organizationName: 'Acme', organizationSlug: 'acme', timeZone: 'UTC' }
  expect(wordsOf('agent-runs-failed', facts, place)).toMatchObject({
    title: '6 runs of Briefing failed',
    action: { path: `/acme/settings/agents/${agent}?tab=runs` },
  })
  expect(JSON.stringify(facts)).not.toContain('sk-secret')
})

it('tells the rest once the hour is over, whoever looks at the same time', async () => {
  const { maker, agent, uid, program } = await scene()
  await fail(program, agent)
  await fail(program, agent)
  await later(uid, 59)
  await tellOfLateFailures(maker)
  expect(await told(maker)).toHaveLength(1)
  await later(uid, 1)
  const news = await Promise.all([1, 2, 3].map(() => tellOfLateFailures(maker)))
  expect(news.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect((await told(maker)).map(({ facts }) => facts.failed)).toEqual([1, 1])
})

it('is silent of tests, of callers who left or sent what does not fit, and of runs that succeed', async () => {
  const { maker, agent, uid, program } = await scene()
  const failing = executionWith(busy).runtime
  await expect(testAgent(maker, failing, { agent, input })).rejects.toThrow()
  await expect(executeAgent(program, failing, { agent, input: {} })).rejects.toThrow()
  const never = executionWith(() => new Promise<never>(() => undefined)).runtime
  const signal = AbortSignal.timeout(20)
  await expect(executeAgent(program, never, { agent, input, signal })).rejects.toMatchObject({
    code: 'run_cancelled',
  })
  await executeAgent(program, executionWith(async () => answerOf('x')).runtime, { agent, input })
  const { rows } = await product.db.pool.query(
    'SELECT 1 FROM execution.failure_alert WHERE agent_uid = $1',
    [uid],
  )
  expect(rows).toEqual([])
  expect(await told(maker)).toEqual([])
})
