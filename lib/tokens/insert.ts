import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import type { AuditEventType, AuditTarget } from '@/lib/audit/events'
import { auditPayload } from '@/lib/audit/payload'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { digestForStorage } from '@/lib/tokens/digest'
import {
  effectiveExpiry,
  policyFor,
  type TokenSummary,
  type TokenType,
  tokenState,
} from '@/lib/tokens/model'
import { generateSecret } from '@/lib/tokens/secret'

export interface NewToken {
  /** Where somebody was told of it before it is made. */
  id?: string
  type: TokenType
  name: string
  scopes: Scope[]
  /** Epoch ms or null. */
  expiresAt: number | null
  owner: TokenSummary['owner']
  /** The rotated token's family; absent = a family of its own. */
  familyId?: string
}

export interface InsertedToken {
  secret: string
  summary: TokenSummary
}

/**
 * Inserts the token and its audit event in one statement, so that neither exists without the other and
 * the audit chain is locked for one round trip only. Runs in the caller's transaction where there is one.
 */
export async function insertToken(
  client: Pick<pg.PoolClient, 'query'>,
  ctx: Context,
  token: NewToken,
  event: { type: AuditEventType; details: Record<string, unknown>; target?: AuditTarget },
): Promise<InsertedToken> {
  const generated = generateSecret(token.type)
  const id = token.id ?? newId()
  const familyId = token.familyId ?? id
  const actor = actorOf(ctx.principal)
  const payload = auditPayload(ctx, {
    eventType: event.type,
    target: event.target ?? { type: 'token', id, label: token.name, familyId },
    details: event.details,
  })
  await client.query({
    name: 'token-insert',
    text: `WITH fresh AS (
        INSERT INTO tokens (organization_id, id, family_id, type, format, name, digest, pepper_version,
          display_prefix, last4, scopes, owner_user_id, service_account_id, integration_id, created_by_id,
          created_by_label, created_at, modified_at, expires_at)
        VALUES ($1, $2, $3, $4::token_type, 'FX1', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
          to_timestamp($16 / 1000.0), to_timestamp($16 / 1000.0), to_timestamp($17 / 1000.0))
        RETURNING organization_id)
      SELECT audit.append(fresh.organization_id, $18::uuid, $19) FROM fresh`,
    values: [
      ctx.organization.id,
      id,
      familyId,
      token.type,
      token.name,
      digestForStorage(ctx.crypto.peppers, generated.secret),
      ctx.crypto.peppers.current.version,
      generated.displayPrefix,
      generated.last4,
      token.scopes,
      token.owner.type === 'user' ? token.owner.id : null,
      token.owner.type === 'service-account' ? token.owner.id : null,
      token.owner.type === 'integration' ? token.owner.id : null,
      actor.id,
      actor.label,
      ctx.now,
      token.expiresAt,
      newId(),
      payload,
    ],
  })
  return {
    secret: generated.secret,
    summary: summaryOfNew(ctx, token, { id, familyId, ...generated }),
  }
}

function summaryOfNew(
  ctx: Context,
  token: NewToken,
  made: { id: string; familyId: string; displayPrefix: string; last4: string },
): TokenSummary {
  const actor = actorOf(ctx.principal)
  const life = {
    createdAt: ctx.now,
    expiresAt: token.expiresAt,
    revokedAt: null,
    endReason: null,
    endedBy: null,
    rotatedAt: null,
  }
  const policy = policyFor(token.type, ctx.organization.policy)
  const { state, reason } = tokenState({ ...life, ownerSuspended: false }, policy, ctx.now)
  return {
    ...life,
    id: made.id,
    familyId: made.familyId,
    name: token.name,
    type: token.type,
    format: 'FX1',
    displayPrefix: made.displayPrefix,
    last4: made.last4,
    scopes: token.scopes,
    owner: token.owner,
    createdBy: { id: actor.id, label: actor.label },
    modifiedAt: ctx.now,
    effectiveExpiresAt: effectiveExpiry(life, policy),
    replacedById: null,
    lastUsedAt: null,
    lastUsedIp: null,
    state,
    stateReason: reason,
  }
}
