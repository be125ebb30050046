import { z } from '@hono/zod-openapi'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import type { LlmConfig, LlmProvider } from '@/lib/llm-providers/model'

/** Model providers on the wire; no key is in any of it. */

export const llmConfigSchema = z
  .strictObject({
    id: z.uuid(),
    provider: z.string(),
    displayName: z.string(),
    baseUrl: z.string().openapi({ description: 'Of its OpenAI-compatible interface.' }),
    hasKey: z.boolean(),
    keyHint: z
      .string()
      .nullable()
      .openapi({ description: 'The last 4 characters of the key; null where it is short.' }),
    keySetAt: epochMsOrNull,
    testModel: z.string(),
    enabled: z.boolean(),
    state: z.enum(['DRAFT', 'ACTIVE', 'DISABLED']),
    isDefault: z.boolean().openapi({ description: 'Runs use this one of its provider.' }),
    lastTestAt: epochMsOrNull,
    lastTestError: z
      .string()
      .nullable()
      .openapi({ description: 'Null where it worked, or was not tested since its last change.' }),
    version: z.int(),
    createdBy: z.string(),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('LlmConfig')

export function llmConfigToWire({ key, lastTest, createdByLabel, ...config }: LlmConfig) {
  return {
    ...config,
    hasKey: key !== null,
    keyHint: key?.hint ?? null,
    keySetAt: key?.setAt ?? null,
    lastTestAt: lastTest?.at ?? null,
    lastTestError: lastTest?.error ?? null,
    createdBy: createdByLabel,
  }
}

export const llmProvidersSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        provider: z.string().openapi({ description: 'As definitions and prices name it.' }),
        displayName: z.string(),
        origin: z
          .enum(['ORGANIZATION', 'ENVIRONMENT', 'LOCAL'])
          .nullable()
          .openapi({ description: 'By whose settings a run reaches it; null: it does not.' }),
        fromOperator: z.boolean().openapi({ description: 'The operator has set it up.' }),
        configs: z.array(llmConfigSchema),
      }),
    ),
  })
  .openapi('LlmProviders')

export function llmProviderToWire({ label, configs, ...provider }: LlmProvider) {
  return { ...provider, displayName: label, configs: configs.map(llmConfigToWire) }
}

export const llmConfigsSchema = z
  .strictObject({ items: z.array(llmConfigSchema) })
  .openapi('LlmConfigs')

export const providerTestSchema = z
  .strictObject({ success: z.boolean(), error: z.string().nullable() })
  .openapi('ProviderTest')
