'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { listTokenActivity } from '@/lib/activity/queries'
import { AUDIT_EVENT_TYPES } from '@/lib/audit/events'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { mintToken } from '@/lib/tokens/mint'
import { patchToken } from '@/lib/tokens/patch'
import { revokeToken, revokeTokens } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'
import {
  bulkRevokeSchema,
  mintTokenSchema,
  patchTokenSchema,
  rotateTokenSchema,
  tokenIdSchema,
} from '@/lib/tokens/schema'
import { scopeUsage } from '@/lib/tokens/scope-usage'

const idempotencyKey = z.uuid()
const onToken = z.strictObject({ tokenId: tokenIdSchema })
const pageToken = z.string().max(4096)

export const mint = action(
  mintTokenSchema.extend({ idempotencyKey }),
  (ctx, { idempotencyKey, ...token }) => mintToken(ctx, token, { idempotencyKey }),
)

export const rotate = action(
  onToken.extend({ ...rotateTokenSchema.shape, idempotencyKey }),
  (ctx, { idempotencyKey, ...rotation }) => rotateToken(ctx, rotation, { idempotencyKey }),
)

export const revoke = action(onToken, (ctx, token) => revokeToken(ctx, token))

export const revokeMany = action(bulkRevokeSchema, (ctx, tokens) => revokeTokens(ctx, tokens))

export const patch = action(onToken.extend(patchTokenSchema.shape), (ctx, change) =>
  patchToken(ctx, change),
)

export const loadActivity = action(
  onToken.extend({
    pageToken,
    search: z.string().max(200).optional(),
    statusClass: z.literal([2, 3, 4, 5]).optional(),
    method: z.string().max(10).optional(),
  }),
  (ctx, request) => listTokenActivity(ctx, request),
)

export const loadAuditEvents = action(
  onToken.extend({
    pageToken,
    eventTypes: z.array(z.enum(AUDIT_EVENT_TYPES)).max(AUDIT_EVENT_TYPES.length),
  }),
  (ctx, request) => listTokenAuditEvents(ctx, request),
)

export const loadScopeUsage = action(onToken, (ctx, token) => scopeUsage(ctx, token))
