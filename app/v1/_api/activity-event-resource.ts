import { z } from '@hono/zod-openapi'
import { epochMs, pageOf, wireScope } from '@/app/v1/_api/wire-schema'
import type { ActivityEvent } from '@/lib/activity/queries'

const activityEventSchema = z
  .strictObject({
    id: z.uuid(),
    tenantId: z.uuid(),
    tokenId: z.uuid(),
    keyPrefix: z.string(),
    createdAt: epochMs,
    method: z.string(),
    path: z.string().openapi({ description: 'Route template, never the raw URL.' }),
    statusCode: z.number().int(),
    latencyMs: z.number(),
    remoteIp: z.string().nullable(),
    userAgent: z.string().nullable(),
    actor: z.string(),
    // Not `wireScope.nullable()`: OpenAPI would say Scope AND null, which nothing can satisfy.
    scope: z
      .union([wireScope, z.null()])
      .openapi({ description: 'What the call needed; null = no scope.' }),
    requestId: z.string(),
  })
  .openapi('ActivityEvent')

export const activityPageSchema = pageOf(activityEventSchema, 'ActivityEventPage')

export function activityEventToWire(event: ActivityEvent, tenantId: string) {
  return {
    id: event.id,
    tenantId,
    tokenId: event.tokenId,
    keyPrefix: event.keyPrefix,
    createdAt: event.createdAt,
    method: event.method,
    path: event.path,
    statusCode: event.statusCode,
    latencyMs: event.latencyMs,
    remoteIp: event.remoteIp,
    userAgent: event.userAgent,
    actor: event.actor,
    scope: event.scope,
    requestId: event.requestId,
  }
}
