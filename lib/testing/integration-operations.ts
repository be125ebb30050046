import { can } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { answerMcp } from '@/lib/integrations/answer-mcp'
import { createIntegration, patchIntegration, removeIntegration } from '@/lib/integrations/commands'
import { getMcp } from '@/lib/integrations/mcp-config'
import { McpGate } from '@/lib/integrations/mcp-gate'
import { revokeMcpKey, rotateMcpKey } from '@/lib/integrations/mcp-key'
import { patchMcp } from '@/lib/integrations/patch-mcp'
import { countMcpCalls, getIntegration, listIntegrations } from '@/lib/integrations/queries'
import type { Operation } from '@/lib/testing/operation'

const nobody = { integration: newId() }

/** Who may look is told that there is none; who may not is told the same, and is refused by that. */
const on = (run: (ctx: Context) => Promise<unknown>): Operation => ({
  on: 'organization',
  run: async (ctx) => {
    try {
      return await run(ctx)
    } catch (error) {
      const isNone = isDomainError(error) && error.kind === 'not-found'
      if (isNone && can(ctx.principal, 'integrations:read')) return undefined
      throw error
    }
  },
})

const never = (): never => {
  throw new Error('Nobody gets this far.')
}
const prices = { of: never } as never

/** What is published as MCP servers. */
export const INTEGRATION_OPERATIONS: Record<string, Operation> = {
  listIntegrations: { on: 'organization', isRead: true, run: (ctx) => listIntegrations(ctx) },
  getIntegration: on((ctx) => getIntegration(ctx, nobody)),
  createIntegration: {
    on: 'organization',
    run: (ctx) => createIntegration(ctx, { id: `i-${newId().slice(-12)}`, displayName: 'Desk' }),
  },
  patchIntegration: on((ctx) => patchIntegration(ctx, { ...nobody, description: 'It helps.' })),
  removeIntegration: on((ctx) => removeIntegration(ctx, nobody)),
  countMcpCalls: on((ctx) => countMcpCalls(ctx, { ...nobody, days: 7 })),
  getMcp: on((ctx) => getMcp(ctx, nobody)),
  patchMcp: on((ctx) => patchMcp(ctx, { ...nobody, enabled: true })),
  rotateMcpKey: on((ctx) => rotateMcpKey(ctx, nobody)),
  revokeMcpKey: on((ctx) => revokeMcpKey(ctx, nobody)),
  answerMcp: on((ctx) =>
    answerMcp(
      ctx,
      {
        gate: new McpGate(1),
        prices,
        runs: { run: never, simulate: never },
        onFailure: never,
      },
      {
        ...nobody,
        place: 'PRODUCTION',
        url: 'http://localhost/mcp',
        headers: new Headers(),
        body: {},
      },
    ),
  ),
}
