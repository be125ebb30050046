import { z } from '@hono/zod-openapi'
import {
  INTEGRATION_COLLECTION,
  INTEGRATION_ITEM,
  integrationListSchema,
  integrationSchema,
  integrationSummaryToWire,
  integrationToWire,
  mcpSchema,
  mcpToWire,
} from '@/app/v1/_api/integration-resource'
import { type Call, operation } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import { createIntegration, patchIntegration, removeIntegration } from '@/lib/integrations/commands'
import { getMcp } from '@/lib/integrations/mcp-config'
import { rotateMcpKey } from '@/lib/integrations/mcp-key'
import type { McpPublication } from '@/lib/integrations/model'
import { patchMcp } from '@/lib/integrations/patch-mcp'
import { getIntegration, listIntegrations } from '@/lib/integrations/queries'
import {
  createIntegrationSchema,
  patchIntegrationSchema,
  patchMcpSchema,
} from '@/lib/integrations/schema'

const TAG = 'Integrations'
const noFieldsSchema = z.strictObject({})

const onItem = (call: Call) => ({ integration: call.text('integration') })
const mcpReply = (call: Call, publication: McpPublication) =>
  json(mcpToWire(publication, { publicUrl: call.publicUrl, tenant: call.ctx.organization.slug }))

export const INTEGRATION_OPERATIONS = [
  operation({
    id: 'listIntegrations',
    tag: TAG,
    method: 'get',
    path: INTEGRATION_COLLECTION,
    summary: 'List integrations',
    description: 'All of them, by name; an organization has room for 100.',
    scope: 'integrations:read',
    success: { status: 200, description: 'The integrations.', schema: integrationListSchema },
    run: async (call) =>
      json({ items: (await listIntegrations(call.ctx)).map(integrationSummaryToWire) }),
  }),
  operation({
    id: 'createIntegration',
    tag: TAG,
    method: 'post',
    path: INTEGRATION_COLLECTION,
    summary: 'Create an integration',
    description:
      'It publishes nothing yet. Choosing agents needs agents:execute too: nobody offers what they cannot do themselves.',
    scope: 'integrations:write',
    conflicts: true,
    body: { schema: createIntegrationSchema, required: true },
    success: { status: 201, description: 'The integration.', schema: integrationSchema },
    run: async (call) => {
      const made = await createIntegration(call.ctx, call.body)
      return json(integrationToWire(made), 201, { Location: `${call.path}/${made.id}` })
    },
  }),
  operation({
    id: 'getIntegration',
    tag: TAG,
    method: 'get',
    path: INTEGRATION_ITEM,
    summary: 'Get one integration',
    description: 'By its id or its uid.',
    scope: 'integrations:read',
    success: { status: 200, description: 'The integration.', schema: integrationSchema },
    run: async (call) => json(integrationToWire(await getIntegration(call.ctx, onItem(call)))),
  }),
  operation({
    id: 'patchIntegration',
    tag: TAG,
    method: 'patch',
    path: INTEGRATION_ITEM,
    summary: 'Rename, describe, or offer other agents',
    description: 'Null or absent keeps. Choosing further agents needs agents:execute too.',
    scope: 'integrations:write',
    readScope: 'integrations:read',
    body: { schema: patchIntegrationSchema, required: true },
    success: { status: 200, description: 'The integration now.', schema: integrationSchema },
    run: async (call) =>
      json(integrationToWire(await patchIntegration(call.ctx, { ...onItem(call), ...call.body }))),
  }),
  operation({
    id: 'removeIntegration',
    tag: TAG,
    method: 'delete',
    path: INTEGRATION_ITEM,
    summary: 'Remove an integration',
    description: 'For good. Its MCP key is revoked: the next call by it is refused.',
    scope: 'integrations:write',
    readScope: 'integrations:read',
    success: { status: 204, description: 'Removed.' },
    run: async (call) => {
      await removeIntegration(call.ctx, onItem(call))
      return empty()
    },
  }),
  operation({
    id: 'getIntegrationMcp',
    tag: TAG,
    method: 'get',
    path: `${INTEGRATION_ITEM}/mcp`,
    summary: 'Get how an integration is published',
    description: 'The first look makes the config: disabled, with all tools, without a key.',
    scope: 'integrations:read',
    success: { status: 200, description: 'The MCP config.', schema: mcpSchema },
    run: async (call) => mcpReply(call, await getMcp(call.ctx, onItem(call))),
  }),
  operation({
    id: 'patchIntegrationMcp',
    tag: TAG,
    method: 'patch',
    path: `${INTEGRATION_ITEM}/mcp`,
    summary: 'Enable or disable, and choose tools',
    description:
      'Null or absent keeps; an empty list offers no tool. Enabling without a live key makes one, which is in this answer alone: as for minting, service-account tokens are refused, and personal ones where the organization mints in the dashboard only. The token must itself hold what the tools do: agents:execute, llm_providers:read, traces:read. Disabling keeps the key, so that enabling again breaks no client.',
    scope: 'integrations:write',
    readScope: 'integrations:read',
    body: { schema: patchMcpSchema, required: true },
    success: { status: 200, description: 'The MCP config now.', schema: mcpSchema },
    run: async (call) =>
      mcpReply(call, await patchMcp(call.ctx, { ...onItem(call), ...call.body })),
  }),
  operation({
    id: 'rotateIntegrationMcpKey',
    tag: TAG,
    method: 'post',
    path: `${INTEGRATION_ITEM}/mcp:rotateKey`,
    summary: 'Replace the MCP key',
    description:
      'The old key is refused from the next call on. Of two rotations at once one answers 409. Who may: as for the first key.',
    scope: 'integrations:write',
    readScope: 'integrations:read',
    conflicts: true,
    body: { schema: noFieldsSchema, required: false },
    success: { status: 200, description: 'The config with the new key.', schema: mcpSchema },
    run: async (call) => mcpReply(call, await rotateMcpKey(call.ctx, onItem(call))),
  }),
]
