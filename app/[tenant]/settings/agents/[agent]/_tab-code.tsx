'use client'

import dynamic from 'next/dynamic'

/** In a file of its own for the browser: one tab does not load the code of the others. */
export const CollaboratorsPanel = dynamic(() =>
  import('@/components/agents/collaborators-panel').then((module) => module.CollaboratorsPanel),
)
export const DeploymentsTable = dynamic(() =>
  import('@/components/agents/deployments-table').then((module) => module.DeploymentsTable),
)
export const EvaluationsPanel = dynamic(() =>
  import('@/components/evaluations/evaluations-panel').then((module) => module.EvaluationsPanel),
)
export const RevisionsPanel = dynamic(() =>
  import('@/components/agents/revisions-panel').then((module) => module.RevisionsPanel),
)
export const RunsTable = dynamic(() =>
  import('@/components/execution/runs-table').then((module) => module.RunsTable),
)
export const TryIt = dynamic(() =>
  import('@/components/execution/try-it').then((module) => module.TryIt),
)
