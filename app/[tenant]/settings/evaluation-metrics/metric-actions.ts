'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { agentNameSchema } from '@/lib/budgets/schema'
import { setAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import {
  cloneMetric,
  createMetric,
  deprecateMetric,
  restoreMetric,
  restoreMetricVersion,
  updateMetric,
} from '@/lib/evaluation-metrics/commands'
import { listMetricUse } from '@/lib/evaluation-metrics/queries'
import {
  cloneMetricSchema,
  createMetricSchema,
  importMetricsSchema,
  metricIdSchema,
  setAgentMetricsSchema,
  tryMetricSchema,
  updateMetricSchema,
  versionNumberSchema,
} from '@/lib/evaluation-metrics/schema'
import { importMetrics } from '@/lib/evaluation-metrics/transfer'
import { tryMetric } from '@/lib/evaluation-metrics/try-metric'
import { runtime } from '@/lib/runtime'

const onMetric = z.strictObject({ metricId: metricIdSchema })

export const makeMetric = action(createMetricSchema, (ctx, wish) => createMetric(ctx, wish))

export const editMetric = action(onMetric.extend(updateMetricSchema.shape), (ctx, wish) =>
  updateMetric(ctx, wish),
)

export const copyMetric = action(onMetric.extend(cloneMetricSchema.shape), (ctx, wish) =>
  cloneMetric(ctx, wish),
)

export const endMetric = action(onMetric, (ctx, wish) => deprecateMetric(ctx, wish))

export const reviveMetric = action(onMetric, (ctx, wish) => restoreMetric(ctx, wish))

export const bringBackVersion = action(
  onMetric.extend({ version: versionNumberSchema }),
  (ctx, wish) => restoreMetricVersion(ctx, wish),
)

/** Who would feel a change. */
export const loadMetricUse = action(onMetric, (ctx, wish) => listMetricUse(ctx, wish))

export const scoreTexts = action(onMetric.extend(tryMetricSchema.shape), (ctx, wish) =>
  tryMetric(ctx, runtime().judging, wish),
)

export const takeFile = action(importMetricsSchema, (ctx, file) => importMetrics(ctx, file))

export const chooseAgentMetrics = action(
  setAgentMetricsSchema.extend({ agent: agentNameSchema }),
  (ctx, wish) => setAgentMetrics(ctx, wish),
)
