'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { createLlmConfig, deleteLlmConfig, patchLlmConfig } from '@/lib/llm-providers/commands'
import {
  addLlmConfigSchema,
  patchLlmConfigSchema,
  providerNameSchema,
  testProviderSchema,
} from '@/lib/llm-providers/schema'
import { testLlmConfig, testLlmProvider } from '@/lib/llm-providers/test-provider'

const onConfig = z.strictObject({ provider: providerNameSchema, configId: z.uuid() })

export const addConfig = action(addLlmConfigSchema, (ctx, wish) => createLlmConfig(ctx, wish))

export const changeConfig = action(onConfig.extend(patchLlmConfigSchema.shape), (ctx, change) =>
  patchLlmConfig(ctx, change),
)

export const removeConfig = action(onConfig, (ctx, config) => deleteLlmConfig(ctx, config))

export const testConfig = action(onConfig, (ctx, config) => testLlmConfig(ctx, config))

export const testUnsavedConfig = action(testProviderSchema, (ctx, wish) =>
  testLlmProvider(ctx, wish),
)
