import { z } from '@hono/zod-openapi'
import { epochMs, upperSnake } from '@/app/v1/_api/wire-schema'
import { AUDIT_EVENT_TYPES, AUDIT_TARGET_TYPES, type AuditEvent } from '@/lib/audit/events'

/** Audit events on the wire. `details` is text, as the contract has it; `data` is the same as JSON. */

const commonFields = {
  id: z.uuid(),
  seq: z.number().int().openapi({ description: 'Place in the organization’s hash chain, from 1.' }),
  eventType: z.enum(AUDIT_EVENT_TYPES),
  createdAt: epochMs,
  actor: z.string(),
  actorType: z.string(),
  actorTokenId: z.string().nullable(),
  details: z.string(),
  data: z.record(z.string(), z.unknown()),
  request: z.strictObject({
    id: z.string().nullable(),
    channel: z.string(),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
  hash: z.string(),
  tenantId: z.uuid(),
}

function commonToWire(event: AuditEvent) {
  return {
    id: event.id,
    seq: event.seq,
    eventType: event.eventType,
    createdAt: event.createdAt,
    actor: event.actor.label,
    actorType: event.actor.type,
    actorTokenId: event.actor.tokenId,
    details: JSON.stringify(event.details),
    data: event.details,
    request: event.request,
    hash: event.hash,
    tenantId: event.organizationId,
  }
}

export const tokenAuditEventSchema = z
  .strictObject({
    ...commonFields,
    tokenId: z.string(),
    familyId: z.string().nullable(),
    tokenName: z.string(),
    keyPrefix: z.string().nullable(),
    userId: z.string().nullable(),
  })
  .openapi('TokenAuditEvent')

/** @param prefixes display prefix by token id, of the whole family */
export function tokenAuditEventToWire(event: AuditEvent, prefixes: ReadonlyMap<string, string>) {
  return {
    ...commonToWire(event),
    tokenId: event.target.id,
    familyId: event.target.familyId,
    tokenName: event.target.label,
    keyPrefix: prefixes.get(event.target.id) ?? null,
    userId: event.actor.id,
  }
}

export const serviceAccountAuditEventSchema = z
  .strictObject({
    ...commonFields,
    serviceAccountId: z.string(),
    serviceAccountName: z.string(),
    actorId: z.string().nullable(),
  })
  .openapi('ServiceAccountAuditEvent')

export function serviceAccountAuditEventToWire(event: AuditEvent) {
  return {
    ...commonToWire(event),
    serviceAccountId: event.target.id,
    serviceAccountName: event.target.label,
    actorId: event.actor.id,
  }
}

export const auditEventSchema = z
  .strictObject({
    ...commonFields,
    actorId: z.string().nullable(),
    targetType: z.enum(AUDIT_TARGET_TYPES.map(upperSnake)),
    targetId: z.string(),
    targetLabel: z.string(),
    familyId: z.string().nullable(),
  })
  .openapi('AuditEvent')

export function auditEventToWire(event: AuditEvent) {
  return {
    ...commonToWire(event),
    actorId: event.actor.id,
    targetType: upperSnake(event.target.type),
    targetId: event.target.id,
    targetLabel: event.target.label,
    familyId: event.target.familyId,
  }
}
