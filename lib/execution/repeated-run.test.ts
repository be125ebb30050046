import { APICallError } from 'ai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archiveAgent } from '@/lib/agents/commands'
import { executeAgent } from '@/lib/execution/commands'
import { answerOf, executionWith, runnableAgent } from '@/lib/execution/execution-fixture'
import { listExecutions } from '@/lib/execution/queries'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const input = { topic: 'the EU AI Act' }

async function scene(answer: Parameters<typeof executionWith>[0]) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const agent = await runnableAgent(admin)
  const program = await organization.bearer(
    (await mint(admin, { scopes: ['agents:execute'] })).secret,
  )
  const { model, runtime } = executionWith(answer)
  const run = (idempotencyKey: string, topic = input.topic) =>
    executeAgent(program, runtime, { agent, input: { topic }, idempotencyKey })
  const runs = async () => (await listExecutions(admin, { agent })).items
  return { organization, admin, agent, model, run, runs }
}

describe('a run under an Idempotency-Key', () => {
  it('is one, and told of again without its answer, whatever stands by then', async () => {
    const { admin, agent, model, run, runs } = await scene(async () => answerOf('x', { output: 1 }))
    const first = await run('k')
    expect(first.response).toBe('x')
    const { executionId, sessionId, durationMs, cost } = first
    await archiveAgent(admin, { agent })
    const again = { executionId, sessionId, durationMs, cost, revision: 1, response: null }
    expect(await run('k')).toMatchObject(again)
    await expect(run('k', 'another topic')).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
    await expect(run('k2')).rejects.toMatchObject({ code: 'agent_archived' })
    expect(model.doGenerateCalls).toHaveLength(1)
    expect(await runs()).toHaveLength(1)
  })

  it('is one of a burst: the others come back later', async () => {
    let letGo: (value: unknown) => void = () => undefined
    const othersWereTold = new Promise((resolve) => {
      letGo = resolve
    })
    const { model, run } = await scene(async () => {
      await othersWereTold
      return answerOf('x')
    })
    let refused = 0
    const burst = Array.from({ length: 6 }, () =>
      run('k').catch(({ code }) => {
        if (++refused === 5) letGo(null)
        return code
      }),
    )
    const outcomes = await Promise.all(burst)
    expect(outcomes.filter((outcome) => outcome === 'idempotency_in_flight')).toHaveLength(5)
    expect(model.doGenerateCalls).toHaveLength(1)
    expect(await run('k')).toMatchObject({ response: null })
  })

  it('that failed was answered to nobody: the key runs it again, and then no more', async () => {
    let isBroken = true
    const { model, run, runs } = await scene(async () => {
      if (!isBroken) return answerOf('x')
      throw new APICallError({
        ...{ message: 'no', url: 'https://api.example', requestBodyValues: {} },
        ...{ statusCode: 401, isRetryable: false },
      })
    })
    await expect(run('k')).rejects.toMatchObject({ code: 'provider_credentials_refused' })
    isBroken = false
    expect(await run('k')).toMatchObject({ response: 'x' })
    expect(await run('k')).toMatchObject({ response: null })
    expect(model.doGenerateCalls).toHaveLength(2)
    expect((await runs()).map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED'])
  })
})
