import { afterAll, beforeAll, expect, it } from 'vitest'
import { putCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent } from '@/lib/agents/commands'
import {
  getAgentMetrics,
  listAgentMetrics,
  setAgentMetrics,
} from '@/lib/evaluation-metrics/agent-metrics'
import { listMetricUse } from '@/lib/evaluation-metrics/queries'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import { newAgent } from '@/lib/testing/agent-fixture'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const metricId = SYSTEM_METRICS[0]?.id ?? ''
const evaluationMetrics = [{ metricId, weight: 100 }]

it('the metrics of an agent that is known here are for those who see it, and its editors choose', async () => {
  const organization = await product.organization()
  const owner = await organization.member('MEMBER')
  const stranger = await organization.member('MEMBER')
  const admin = await organization.member('ADMIN')
  const agent = await newAgent(owner)
  const set = (ctx: typeof owner) => setAgentMetrics(ctx, { agent, evaluationMetrics })
  const given = await set(owner)
  expect(await getAgentMetrics(admin, { agent })).toEqual(given)

  await expect(set(stranger)).rejects.toMatchObject({ kind: 'not-found' })
  await expect(getAgentMetrics(stranger, { agent })).rejects.toMatchObject({ kind: 'not-found' })
  expect(await listAgentMetrics(stranger)).toEqual([])
  expect(await listMetricUse(stranger, { metricId })).toEqual([])
  expect(await listMetricUse(admin, { metricId })).toEqual([{ agent, weight: 100, share: 100 }])

  const { userId } = stranger.principal
  await putCollaborator(owner, { agent, userId, role: 'VIEWER' })
  expect(await listAgentMetrics(stranger)).toEqual([{ ...given, mayChoose: false }])
  await expect(set(stranger)).rejects.toMatchObject({ code: 'role_insufficient' })
  await putCollaborator(owner, { agent, userId, role: 'EDITOR' })
  expect(await listAgentMetrics(stranger)).toEqual([{ ...given, mayChoose: true }])
  await archiveAgent(owner, { agent })
  await expect(set(stranger)).rejects.toMatchObject({ code: 'agent_archived' })
})
