import { isDomainError } from '@/lib/errors'
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
import { listJudgeChoices } from '@/lib/evaluation-metrics/judge-choices'
import { quietJudging } from '@/lib/evaluation-metrics/judging-fixture'
import {
  getMetric,
  getMetricVersion,
  listAllMetrics,
  listAllMetricVersions,
  listMetrics,
  listMetricUse,
  listMetricVersions,
} from '@/lib/evaluation-metrics/queries'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import { exportMetrics, importMetrics } from '@/lib/evaluation-metrics/transfer'
import { tryMetric } from '@/lib/evaluation-metrics/try-metric'
import { newId } from '@/lib/ids'
import type { Operation } from '@/lib/testing/operation'

/** Built in, so that it is there for everybody. */
const metricId = SYSTEM_METRICS[0]?.id ?? ''
const agent = 'evaluated'
const rubric = { name: 'Tried', description: 'Is it tried?' }
const newKey = () => `tried${newId().replaceAll('-', '').slice(-12)}`

/** Who may change one at all is told that this one is built in. */
async function untilBuiltIn(change: Promise<unknown>): Promise<string | undefined> {
  return change.then(
    () => undefined,
    (error: unknown) => {
      if (isDomainError(error) && error.code === 'system_metric') return 'allowed'
      throw error
    },
  )
}

/** What runs of agents are scored by. */
export const EVALUATION_METRIC_OPERATIONS: Record<string, Operation> = {
  listAllMetrics: { on: 'organization', isRead: true, run: listAllMetrics },
  listMetrics: { on: 'organization', isRead: true, run: (ctx) => listMetrics(ctx, {}) },
  getMetric: { on: 'organization', isRead: true, run: (ctx) => getMetric(ctx, { metricId }) },
  listMetricVersions: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listMetricVersions(ctx, { metricId }),
  },
  listAllMetricVersions: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listAllMetricVersions(ctx, { metricId }),
  },
  getMetricVersion: {
    on: 'organization',
    isRead: true,
    run: (ctx) => getMetricVersion(ctx, { metricId, version: 1 }),
  },
  listMetricUse: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listMetricUse(ctx, { metricId }),
  },
  tryMetric: {
    on: 'organization',
    isRead: true,
    run: (ctx) => tryMetric(ctx, quietJudging(), { metricId, input: 'What?', output: 'That.' }),
  },
  listJudgeChoices: { on: 'organization', isRead: true, run: listJudgeChoices },
  createMetric: {
    on: 'organization',
    run: (ctx) => createMetric(ctx, { key: newKey(), ...rubric }),
  },
  updateMetric: {
    on: 'organization',
    run: (ctx) => untilBuiltIn(updateMetric(ctx, { metricId, ...rubric })),
  },
  restoreMetricVersion: {
    on: 'organization',
    run: (ctx) => untilBuiltIn(restoreMetricVersion(ctx, { metricId, version: 1 })),
  },
  deprecateMetric: {
    on: 'organization',
    run: (ctx) => untilBuiltIn(deprecateMetric(ctx, { metricId })),
  },
  restoreMetric: {
    on: 'organization',
    run: (ctx) => untilBuiltIn(restoreMetric(ctx, { metricId })),
  },
  cloneMetric: { on: 'organization', run: (ctx) => cloneMetric(ctx, { metricId, key: newKey() }) },
  exportMetrics: { on: 'organization', isRead: true, run: (ctx) => exportMetrics(ctx, {}) },
  importMetrics: {
    on: 'organization',
    run: (ctx) => importMetrics(ctx, { metrics: [{ key: newKey(), ...rubric }] }),
  },
  getAgentMetrics: {
    on: 'organization',
    isRead: true,
    run: (ctx) => getAgentMetrics(ctx, { agent }),
  },
  listAgentMetrics: { on: 'organization', isRead: true, run: listAgentMetrics },
  setAgentMetrics: {
    on: 'organization',
    run: (ctx) => setAgentMetrics(ctx, { agent, evaluationMetrics: [{ metricId }] }),
  },
}
