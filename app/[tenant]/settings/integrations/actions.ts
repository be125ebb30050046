'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { createIntegration, patchIntegration, removeIntegration } from '@/lib/integrations/commands'
import { revokeMcpKey, rotateMcpKey } from '@/lib/integrations/mcp-key'
import { patchMcp } from '@/lib/integrations/patch-mcp'
import {
  createIntegrationSchema,
  patchIntegrationSchema,
  patchMcpSchema,
} from '@/lib/integrations/schema'

const onIntegration = z.strictObject({ integration: z.string().max(64) })

export const addIntegration = action(createIntegrationSchema, createIntegration)

export const changeIntegration = action(
  onIntegration.extend(patchIntegrationSchema.shape),
  (ctx, change) => patchIntegration(ctx, change),
)

export const dropIntegration = action(onIntegration, removeIntegration)

export const changeMcp = action(onIntegration.extend(patchMcpSchema.shape), (ctx, change) =>
  patchMcp(ctx, change),
)

/** The key is in the answer of the action, which only the component that asked ever sees. */
export const rotateKey = action(onIntegration, rotateMcpKey)

export const revokeKey = action(onIntegration, revokeMcpKey)
