'use client'

import dynamic from 'next/dynamic'

/** In a file of its own for the browser: one tab does not load the code of the others. */
export const MetricsPanel = dynamic(() =>
  import('@/components/evaluation-metrics/metrics-panel').then((module) => module.MetricsPanel),
)
export const AgentsPanel = dynamic(() =>
  import('@/components/evaluation-metrics/agents-panel').then((module) => module.AgentsPanel),
)
export const DatasetsPanel = dynamic(() =>
  import('@/components/datasets/datasets-panel').then((module) => module.DatasetsPanel),
)
