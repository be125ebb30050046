import { z } from 'zod'
import { invalid } from '@/lib/errors'
import { RUN_INPUT_MAX } from '@/lib/integrations/limits'
import { mcpTool } from '@/lib/integrations/mcp-tool'

/** Runs an agent that the integration offers; in the sandbox it is simulated. */
export const runAgentTool = mcpTool({
  id: 'run_agent',
  input: z.strictObject({
    agent: z.string().max(64).describe('The id of the agent.'),
    input: z
      .union([
        z.string().max(RUN_INPUT_MAX),
        z
          .record(z.string(), z.unknown())
          .refine((values) => JSON.stringify(values).length <= RUN_INPUT_MAX, 'This is too much.'),
      ])
      .describe('What the agent is told: a text, or values of its parameters by name.'),
  }),
  output: z.object({
    agent: z.string(),
    revision: z.int(),
    response: z.string(),
    simulated: z.boolean().describe('True in the sandbox: no model was asked and nothing is kept.'),
    executionId: z.string().nullable(),
    costUsd: z.string().nullable().describe('Dollars, exact decimal text; null where unknown.'),
  }),
  async run({ ctx, integration, place, ports, signal }, { agent, input }) {
    if (!integration.agents.some(({ id }) => id === agent)) {
      const ids = integration.agents.map(({ id }) => id).join(', ')
      throw invalid([{ pointer: '/agent', detail: `Not offered here. Choose one of: ${ids}.` }])
    }
    const simulated = place === 'SANDBOX'
    const wish = { agent, input, integration, signal }
    const { response, revision, executionId, costUsd } = simulated
      ? await ports.runs.simulate(ctx, wish)
      : await ports.runs.run(ctx, wish)
    return {
      text: response,
      structured: { agent, revision, response, simulated, executionId, costUsd },
    }
  },
})
