import { z } from '@hono/zod-openapi'
import {
  llmConfigSchema,
  llmConfigsSchema,
  llmConfigToWire,
  llmProvidersSchema,
  llmProviderToWire,
  providerTestSchema,
} from '@/app/v1/_api/llm-provider-resource'
import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import { createLlmConfig, deleteLlmConfig, patchLlmConfig } from '@/lib/llm-providers/commands'
import { TESTS_PER_MINUTE } from '@/lib/llm-providers/limits'
import { getLlmConfig, listLlmConfigs, listLlmProviders } from '@/lib/llm-providers/queries'
import {
  createLlmConfigSchema,
  patchLlmConfigSchema,
  testProviderSchema,
} from '@/lib/llm-providers/schema'
import { testLlmConfig, testLlmProvider } from '@/lib/llm-providers/test-provider'

const TAG = 'Model providers'
const COLLECTION = `${TENANT_PREFIX}/llmProviders`
const CONFIGS = `${COLLECTION}/{llmProvider}/configs`
const CONFIG = `${CONFIGS}/{llmConfig}`
const READS = { tag: TAG, method: 'get', scope: 'llm_providers:read' } as const
const ON_ONE = { tag: TAG, scope: 'llm_providers:write', readScope: 'llm_providers:read' } as const
const PACE = `A call that fails is an answer too, in words of ours. At most ${TESTS_PER_MINUTE} a minute for an organization.`
const noFieldsSchema = z.strictObject({})

const one = (call: Call) => ({ provider: call.text('llmProvider'), configId: call.id('llmConfig') })

export const LLM_PROVIDER_OPERATIONS = [
  operation({
    ...READS,
    id: 'listLlmProviders',
    path: COLLECTION,
    summary: 'List model providers',
    description:
      'Those that are known, those of the operator and the organization’s own, and the local one that calls no model. Never with a key.',
    success: { status: 200, description: 'All of them.', schema: llmProvidersSchema },
    run: async ({ ctx }) => json({ items: (await listLlmProviders(ctx)).map(llmProviderToWire) }),
  }),
  operation({
    id: 'testLlmProvider',
    tag: TAG,
    method: 'post',
    path: `${COLLECTION}:test`,
    summary: 'Test a model provider without storing it',
    description: `Makes one small call as the config says. ${PACE} Also answers at llmProviders/:test.`,
    scope: 'llm_providers:test',
    body: { schema: testProviderSchema, required: true },
    success: { status: 200, description: 'Whether it works.', schema: providerTestSchema },
    run: async ({ ctx, body }) => json(await testLlmProvider(ctx, body)),
  }),
  operation({
    ...READS,
    id: 'listLlmConfigs',
    path: CONFIGS,
    summary: 'List the configs of a model provider',
    success: { status: 200, description: 'The default first.', schema: llmConfigsSchema },
    run: async (call) => {
      const configs = await listLlmConfigs(call.ctx, { provider: call.text('llmProvider') })
      return json({ items: configs.map(llmConfigToWire) })
    },
  }),
  operation({
    id: 'createLlmConfig',
    tag: TAG,
    method: 'post',
    path: CONFIGS,
    summary: 'Add a config of a model provider',
    description:
      'A draft unless enabled is true; the first that is enabled is what runs use. The key is write-only. What is known of openai, anthropic, google, mistral, groq and ollama may be left out; any other name of an OpenAI-compatible provider works too.',
    scope: 'llm_providers:write',
    conflicts: true,
    body: { schema: createLlmConfigSchema, required: true },
    success: { status: 201, description: 'The config, without its key.', schema: llmConfigSchema },
    run: async (call) => {
      const wish = { provider: call.text('llmProvider'), ...call.body }
      const config = await createLlmConfig(call.ctx, wish)
      return json(llmConfigToWire(config), 201, { Location: `${call.path}/${config.id}` })
    },
  }),
  operation({
    ...READS,
    id: 'getLlmConfig',
    path: CONFIG,
    summary: 'Get one config of a model provider',
    success: { status: 200, description: 'The config, without its key.', schema: llmConfigSchema },
    run: async (call) => json(llmConfigToWire(await getLlmConfig(call.ctx, one(call)))),
  }),
  operation({
    ...ON_ONE,
    id: 'patchLlmConfig',
    method: 'patch',
    path: CONFIG,
    summary: 'Change a config of a model provider',
    description:
      'What is left out or null stays; an empty apiKey takes the key away. Another server in baseUrl needs the key again. With version, a change that somebody else made meanwhile is a 409.',
    conflicts: true,
    body: { schema: patchLlmConfigSchema, required: true },
    success: { status: 200, description: 'The config now.', schema: llmConfigSchema },
    run: async (call) =>
      json(llmConfigToWire(await patchLlmConfig(call.ctx, { ...call.body, ...one(call) }))),
  }),
  operation({
    ...ON_ONE,
    id: 'deleteLlmConfig',
    method: 'delete',
    path: CONFIG,
    summary: 'Remove a config of a model provider',
    description: 'With its key, for good. Another enabled config of the provider takes its place.',
    success: { status: 204, description: 'Removed.' },
    run: async (call) => {
      await deleteLlmConfig(call.ctx, one(call))
      return empty()
    },
  }),
  operation({
    ...ON_ONE,
    id: 'testLlmConfig',
    method: 'post',
    path: `${CONFIG}:test`,
    summary: 'Test a stored config of a model provider',
    description: `Drafts too. ${PACE}`,
    scope: 'llm_providers:test',
    body: { schema: noFieldsSchema, required: false },
    success: { status: 200, description: 'Whether it works.', schema: providerTestSchema },
    run: async (call) => json(await testLlmConfig(call.ctx, one(call))),
  }),
]
