import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import {
  getAgentMetrics,
  listAgentMetrics,
  setAgentMetrics,
} from '@/lib/evaluation-metrics/agent-metrics'
import {
  cloneMetric,
  createMetric,
  deprecateMetric,
  restoreMetric,
  restoreMetricVersion,
  updateMetric,
} from '@/lib/evaluation-metrics/commands'
import { quietJudging } from '@/lib/evaluation-metrics/judging-fixture'
import { CREATED_PER_MINUTE } from '@/lib/evaluation-metrics/limits'
import { USUAL_LEVELS } from '@/lib/evaluation-metrics/model'
import {
  getMetric,
  getMetricVersion,
  listAllMetrics,
  listAllMetricVersions,
  listMetrics,
  listMetricUse,
} from '@/lib/evaluation-metrics/queries'
import { importMetricsSchema } from '@/lib/evaluation-metrics/schema'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import { exportMetrics, importMetrics } from '@/lib/evaluation-metrics/transfer'
import { tryMetric } from '@/lib/evaluation-metrics/try-metric'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

const rubric = { name: 'Tone', description: 'Is it kind?\n  Judge the tone only. ' }
const builtIn = (key: string) => SYSTEM_METRICS.find((metric) => metric.key === key)?.id ?? ''

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  admin = await organization.member('ADMIN')
})

const eventsOf = async (ctx: Context) => (await listAuditEvents(ctx, {})).items

describe('a metric', () => {
  it('begins as version 1 with the usual scale, its text kept to the letter', async () => {
    const metric = await createMetric(admin, { key: 'tone', ...rubric })
    expect(metric).toMatchObject({
      key: 'tone',
      description: rubric.description,
      defaultWeight: 10,
      levels: USUAL_LEVELS,
      passScore: 4,
      version: 1,
      isSystem: false,
      isDeprecated: false,
      agentCount: 0,
    })
    expect(await getMetric(admin, { metricId: metric.id })).toEqual(metric)
    expect((await eventsOf(admin))[0]).toMatchObject({ eventType: 'METRIC_CREATED' })
  })

  it('keeps every version, tells what changed, and brings an old one back as a new one', async () => {
    const { id: metricId } = await createMetric(admin, { key: 'tone', ...rubric })
    const levels = [
      { score: 0, label: 'No', description: '' },
      { score: 1, label: 'Yes', description: '' },
    ]
    await updateMetric(admin, { metricId, ...rubric, defaultWeight: 40, levels, passScore: 1 })
    // What is left out stays; the same again is no version.
    const third = await updateMetric(admin, { metricId, ...rubric, name: 'Kindness', version: 2 })
    expect(third).toMatchObject({ version: 3, defaultWeight: 40, levels })
    expect(await updateMetric(admin, { metricId, ...rubric, name: 'Kindness' })).toEqual(third)

    const restored = await restoreMetricVersion(admin, { metricId, version: 1 })
    expect(restored).toMatchObject({ version: 4, name: 'Tone', levels: USUAL_LEVELS })
    expect(await listAllMetricVersions(admin, { metricId })).toMatchObject([
      { version: 4, restoredFrom: 1, changed: ['name', 'defaultWeight', 'levels', 'passScore'] },
      { version: 3, restoredFrom: null, changed: ['name'] },
      { version: 2, changed: ['defaultWeight', 'levels', 'passScore'] },
      { version: 1, changed: [] },
    ])
    expect(await getMetricVersion(admin, { metricId, version: 3 })).toMatchObject({
      name: 'Kindness',
    })
    await expect(
      product.db.pool.query(`UPDATE evaluation.metric_version SET name = 'Forged'`),
    ).rejects.toThrow(/never changed/)
    await expect(product.db.pool.query('DELETE FROM evaluation.metric')).rejects.toThrow(
      /never changed/,
    )
  })

  it('is not overwritten unseen, and of two at once one says so', async () => {
    const { id: metricId } = await createMetric(admin, { key: 'tone', ...rubric })
    const outcomes = await Promise.allSettled(
      ['One', 'Other'].map((name) =>
        updateMetric(admin, { metricId, ...rubric, name, version: 1 }),
      ),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'metric_changed' },
    })
  })

  it('has a key of its own, also where two want it at once', async () => {
    const wishes = await Promise.allSettled(
      [1, 2].map(() => createMetric(admin, { key: 'tone', ...rubric })),
    )
    expect(wishes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(createMetric(admin, { key: 'correctness', ...rubric })).rejects.toMatchObject({
      code: 'metric_key_taken',
      errors: [{ pointer: '/key' }],
    })
    await expect(
      createMetric(admin, { key: 'other', ...rubric, passScore: 6 }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/passScore' }] })
  })

  it('is made so often a minute and no oftener; a file is not held up', async () => {
    for (let number = 0; number < CREATED_PER_MINUTE; number++) {
      await createMetric(admin, { key: `metric${number}`, ...rubric })
    }
    const refusal = { kind: 'throttled', code: 'too_many_metrics' }
    await expect(createMetric(admin, { key: 'more', ...rubric })).rejects.toMatchObject(refusal)
    const clone = { metricId: builtIn('correctness') }
    await expect(cloneMetric(admin, clone)).rejects.toMatchObject(refusal)
    await importMetrics(admin, { metrics: [{ key: 'more', ...rubric }] })
    await product.db.pool.query(
      `UPDATE evaluation.metric SET created_at = created_at - interval '61 seconds'
       WHERE organization_id = $1 AND key = 'metric0'`,
      [organization.id],
    )
    await createMetric(admin, { key: 'evenMore', ...rubric })
  })
})

describe('a built-in metric', () => {
  it('is listed with the own ones, changed by nobody, and cloned', async () => {
    const metricId = builtIn('helpfulness')
    const changes = [
      updateMetric(admin, { metricId, ...rubric }),
      deprecateMetric(admin, { metricId }),
      restoreMetricVersion(admin, { metricId, version: 1 }),
    ]
    const refusal = { kind: 'invalid', code: 'system_metric' }
    await Promise.all(changes.map((change) => expect(change).rejects.toMatchObject(refusal)))
    const copy = await cloneMetric(admin, { metricId })
    expect(copy).toMatchObject({ key: 'helpfulnessCopy', clonedFrom: 'helpfulness', version: 1 })
    expect(await cloneMetric(admin, { metricId, name: 'Ours' })).toMatchObject({
      key: 'helpfulnessCopy2',
      name: 'Ours',
    })
    await expect(cloneMetric(admin, { metricId: builtIn('latency') })).rejects.toMatchObject({
      code: 'metric_not_judged',
    })
    const first = await listMetrics(admin, { pageSize: 6 })
    const second = await listMetrics(admin, { pageSize: 6, pageToken: first.nextPageToken })
    expect([...first.items, ...second.items]).toEqual(await listAllMetrics(admin))
    expect(second).toMatchObject({ nextPageToken: '', totalCount: SYSTEM_METRICS.length + 2 })
  })
})

describe('the metrics of an agent', () => {
  it('are replaced as a whole, kept as given, and seeded from defaults to 100', async () => {
    const { id } = await createMetric(admin, { key: 'tone', ...rubric, defaultWeight: 20 })
    const member = await organization.member('MEMBER')
    const seeded = await setAgentMetrics(member, {
      agent: 'support',
      evaluationMetrics: [{ metricId: id }, { metricId: builtIn('correctness') }],
    })
    expect(seeded.metrics).toMatchObject([
      { key: 'correctness', weight: 60, share: 60 },
      { key: 'tone', weight: 40, share: 40 },
    ])
    const given = await setAgentMetrics(member, {
      agent: 'support',
      evaluationMetrics: [
        { metricId: id, weight: 1 },
        { metricId: builtIn('cost'), weight: 2 },
      ],
    })
    expect(given.metrics).toMatchObject([
      { key: 'cost', weight: 2, share: 67 },
      { key: 'tone', weight: 1, share: 33 },
    ])
    expect(await getAgentMetrics(member, { agent: 'support' })).toEqual(given)
    expect(await listAgentMetrics(member)).toEqual([{ ...given, mayChoose: true }])
    expect(await listMetricUse(member, { metricId: id })).toEqual([
      { agent: 'support', weight: 1, share: 33 },
    ])
    expect((await eventsOf(admin))[0]).toMatchObject({
      eventType: 'AGENT_METRICS_SET',
      target: { label: 'support' },
      details: { metrics: { after: ['cost 2', 'tone 1'] } },
    })
  })

  it('lose what is deprecated from the score, not from the set, and get it back', async () => {
    const { id: metricId } = await createMetric(admin, { key: 'tone', ...rubric })
    const evaluationMetrics = [
      { metricId, weight: 50 },
      { metricId: builtIn('cost'), weight: 50 },
    ]
    await setAgentMetrics(admin, { agent: 'support', evaluationMetrics })
    await deprecateMetric(admin, { metricId })
    const { metrics } = await getAgentMetrics(admin, { agent: 'support' })
    expect(metrics).toMatchObject([
      { key: 'cost', share: 100 },
      { key: 'tone', weight: 50, share: 0, isDeprecated: true },
    ])
    // Who has it keeps it; nobody else gets it.
    await setAgentMetrics(admin, { agent: 'support', evaluationMetrics })
    await expect(
      setAgentMetrics(admin, { agent: 'sales', evaluationMetrics }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/evaluationMetrics/0/metricId' }] })
    expect((await listMetrics(admin, {})).items.map(({ key }) => key)).not.toContain('tone')
    await expect(updateMetric(admin, { metricId, ...rubric })).rejects.toMatchObject({
      code: 'metric_deprecated',
    })
    await restoreMetric(admin, { metricId })
    expect((await getAgentMetrics(admin, { agent: 'support' })).metrics[0]?.share).toBe(50)
  })

  it('are never those of another organization', async () => {
    const other = await (await product.organization()).member('ADMIN')
    const { id: metricId } = await createMetric(other, { key: 'tone', ...rubric })
    await expect(getMetric(admin, { metricId })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(updateMetric(admin, { metricId, ...rubric })).rejects.toMatchObject({
      kind: 'not-found',
    })
    await expect(
      setAgentMetrics(admin, { agent: 'support', evaluationMetrics: [{ metricId }] }),
    ).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('a file of metrics', () => {
  it('is told of before anything is done, applied whole, and then says nothing new', async () => {
    const { id: metricId } = await createMetric(admin, { key: 'tone', ...rubric })
    const old = await createMetric(admin, { key: 'old', ...rubric })
    await deprecateMetric(admin, { metricId: old.id })
    const metrics = [
      { key: 'fresh', ...rubric },
      { key: 'tone', ...rubric, defaultWeight: 70 },
      { key: 'old', ...rubric, name: 'Older' },
      { key: 'cost', ...rubric },
    ]
    const preview = await importMetrics(admin, { metrics, validateOnly: true })
    expect(preview).toMatchObject({
      applied: false,
      metrics: [
        { key: 'fresh', outcome: 'CREATED' },
        { key: 'tone', outcome: 'CHANGED', changed: ['defaultWeight'] },
        { key: 'old', outcome: 'SKIPPED', reason: 'DEPRECATED' },
        { key: 'cost', outcome: 'SKIPPED', reason: 'BUILT_IN' },
      ],
    })
    expect((await getMetric(admin, { metricId })).version).toBe(1)
    expect(await importMetrics(admin, { metrics })).toEqual({ ...preview, applied: true })
    expect(await getMetric(admin, { metricId })).toMatchObject({ version: 2, defaultWeight: 70 })
    expect((await eventsOf(admin))[0]).toMatchObject({
      eventType: 'METRICS_IMPORTED',
      details: { created: ['fresh'], changed: ['tone'] },
    })

    const file = await exportMetrics(admin, {})
    expect(file.metrics.map(({ key }) => key)).toEqual(['fresh', 'tone'])
    const again = await importMetrics(admin, importMetricsSchema.parse(file))
    expect(again.metrics).toMatchObject([{ reason: 'SAME' }, { reason: 'SAME' }])
    expect((await exportMetrics(admin, { keys: ['old'] })).metrics).toHaveLength(1)
    await expect(exportMetrics(admin, { keys: ['cost'] })).rejects.toMatchObject({
      errors: [{ pointer: '/query/keys' }],
    })
  })

  it('changes nothing where one of it is wrong', async () => {
    const metrics = [
      { key: 'fresh', ...rubric },
      { key: 'wrong', ...rubric, passScore: 9 },
    ]
    await expect(importMetrics(admin, { metrics })).rejects.toMatchObject({
      errors: [{ pointer: '/metrics/1/passScore' }],
    })
    expect(await listAllMetrics(admin)).toHaveLength(SYSTEM_METRICS.length)
  })
})

describe('trying a metric', () => {
  it('asks the judge about the version, and compares with its threshold', async () => {
    const { id: metricId } = await createMetric(admin, { key: 'tone', ...rubric })
    const asked = { input: 'Where is my robot?', reference: 'Your robot is in the west hall.' }
    const attempt = (output: string) =>
      tryMetric(admin, quietJudging(), { metricId, output, ...asked })
    const good = await attempt('Your robot is in the west hall.')
    expect(good).toMatchObject({ score: 5, levelLabel: 'Excellent', passed: true, version: 1 })
    expect(await attempt('Bananas are yellow.')).toMatchObject({ passed: false })
    expect(await attempt(' ')).toMatchObject({ score: 1, signals: [] })
    expect(await attempt('Your robot is in the west hall.')).toEqual(good)
    await expect(
      tryMetric(admin, quietJudging(), { metricId: builtIn('cost'), input: 'a', output: 'b' }),
    ).rejects.toMatchObject({ code: 'metric_not_judged' })
  })
})
