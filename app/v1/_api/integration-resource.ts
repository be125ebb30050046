import { z } from '@hono/zod-openapi'
import { TENANT_PREFIX } from '@/app/v1/_api/operation'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import type { Integration, IntegrationSummary, McpPublication } from '@/lib/integrations/model'
import { TOOL_IDS } from '@/lib/integrations/tools'

export const INTEGRATION_COLLECTION = `${TENANT_PREFIX}/integrations`
export const INTEGRATION_ITEM = `${INTEGRATION_COLLECTION}/{integration}`

const toolIds = z.array(z.enum(TOOL_IDS))

const integrationFields = {
  id: z.string().openapi({ example: 'support-desk', description: 'Chosen at creation, for ever.' }),
  uid: z.uuid().openapi({ description: 'Leads to it as well.' }),
  displayName: z.string(),
  description: z.string(),
  agentIds: z.array(z.string()).openapi({ description: 'Agents that run_agent may run.' }),
  createdBy: z.string(),
  createdAt: epochMs,
  modifiedAt: epochMs,
}

export const integrationSchema = z.strictObject(integrationFields).openapi('Integration')

export const integrationListSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          ...integrationFields,
          mcpEnabled: z.boolean(),
          lastUsedAt: epochMsOrNull.openapi({ description: 'Of its MCP key.' }),
        })
        .openapi('IntegrationSummary'),
    ),
  })
  .openapi('IntegrationList')

export const mcpSchema = z
  .strictObject({
    integrationId: z.string(),
    enabled: z.boolean(),
    configId: z.uuid().openapi({ description: 'An integration has one config.' }),
    exposedToolIds: toolIds,
    description: z.string().openapi({
      description: 'What clients are told the server is for; that of the integration where empty.',
    }),
    apiKeyId: z.uuid().nullable().openapi({ description: 'Of the live key; null without one.' }),
    keyPrefix: z.string().nullable(),
    apiKey: z.string().nullable().openapi({
      description: 'The raw key, in the answer that made it and never again.',
    }),
    callUrl: z.url().openapi({ description: 'Streamable HTTP, without sessions.' }),
    testUrl: z.url().openapi({ description: 'The sandbox: reads are real, runs are simulated.' }),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('IntegrationMcp')

export function integrationToWire(integration: Integration) {
  const { id, uid, displayName, description, agents, createdByLabel } = integration
  return {
    id,
    uid,
    displayName,
    description,
    agentIds: agents.map((agent) => agent.id),
    createdBy: createdByLabel,
    createdAt: integration.createdAt,
    modifiedAt: integration.modifiedAt,
  }
}

export function integrationSummaryToWire(summary: IntegrationSummary) {
  const { mcpEnabled, lastUsedAt } = summary
  return { ...integrationToWire(summary), mcpEnabled, lastUsedAt }
}

export function mcpToWire(
  { integration, config, apiKey }: McpPublication,
  place: { publicUrl: string; tenant: string },
) {
  const base = `${place.publicUrl}/v1/tenants/${place.tenant}/integrations/${integration.id}/mcp`
  return {
    integrationId: integration.id,
    enabled: config.enabled,
    configId: config.configId,
    exposedToolIds: config.exposedTools,
    description: config.description,
    apiKeyId: config.key?.id ?? null,
    keyPrefix: config.key?.prefix ?? null,
    apiKey,
    callUrl: `${base}:call`,
    testUrl: `${base}:test`,
    createdAt: config.createdAt,
    modifiedAt: config.modifiedAt,
  }
}
