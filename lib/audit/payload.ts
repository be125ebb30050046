import { type Actor, actorOf } from '@/lib/access/principal'
import type { AuditEntry } from '@/lib/audit/events'
import type { Context, RequestFacts } from '@/lib/context'

/** The text that is hashed and stored. The actor is the principal's: no input can name another. */
export function auditPayload(
  ctx: Pick<Context, 'principal' | 'request'>,
  entry: AuditEntry,
): string {
  return payloadOf(actorOf(ctx.principal), ctx.request, entry)
}

/** For what the system does by itself (verification, seed, jobs). */
export function systemAuditPayload(
  request: RequestFacts,
  entry: AuditEntry,
  actor: Actor = { type: 'SYSTEM', id: null, label: 'System', tokenId: null },
): string {
  return payloadOf(actor, request, entry)
}

function payloadOf(actor: Actor, request: RequestFacts, entry: AuditEntry): string {
  return JSON.stringify({
    eventType: entry.eventType,
    actor,
    target: entry.target,
    details: entry.details,
    request: {
      id: request.id,
      channel: request.channel,
      ip: request.ip,
      userAgent: request.userAgent?.slice(0, 300) ?? null,
    },
  })
}
