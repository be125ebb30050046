import { agentMetricsSchema, agentMetricsToWire } from '@/app/v1/_api/evaluation-metric-resource'
import { METRIC_TAG } from '@/app/v1/_api/evaluation-metrics'
import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import { agentNameSchema } from '@/lib/budgets/schema'
import { notFound } from '@/lib/errors'
import { getAgentMetrics, setAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import { setAgentMetricsSchema } from '@/lib/evaluation-metrics/schema'

const PATH = `${TENANT_PREFIX}/agents/{agent}/evaluationMetrics`

export const AGENT_EVALUATION_METRIC_OPERATIONS = [
  operation({
    id: 'getAgentEvaluationMetrics',
    tag: METRIC_TAG,
    method: 'get',
    path: PATH,
    summary: 'Read what an agent is scored by',
    description:
      'An empty set where the agent has not opted in, or has yet to run. Of an agent that is known here, collaborators and admins of the organization only.',
    scope: 'agents:read',
    success: { status: 200, description: 'The set.', schema: agentMetricsSchema },
    run: async (call) =>
      json(agentMetricsToWire(await getAgentMetrics(call.ctx, { agent: nameOf(call) }))),
  }),
  operation({
    id: 'putAgentEvaluationMetrics',
    tag: METRIC_TAG,
    method: 'put',
    path: PATH,
    summary: 'Replace what an agent is scored by',
    description:
      'Weights are kept as given. Where one is left out, that metric’s default weight is taken and the whole set is brought to 100. An agent that is known here wants the role Editor on it.',
    scope: 'agents:write',
    body: { schema: setAgentMetricsSchema, required: true },
    success: { status: 200, description: 'The set now.', schema: agentMetricsSchema },
    run: async (call) => {
      const wish = { agent: nameOf(call), ...call.body }
      return json(agentMetricsToWire(await setAgentMetrics(call.ctx, wish)))
    },
  }),
]

/** @throws DomainError not-found where no agent can be called so */
function nameOf(call: Call): string {
  const name = agentNameSchema.safeParse(call.text('agent'))
  if (!name.success) throw notFound()
  return name.data
}
