import { z } from '@hono/zod-openapi'
import { epochMs, epochMsOrNull, wireScopes, wireTokenType } from '@/app/v1/_api/wire-schema'
import type { MintedToken } from '@/lib/tokens/model'

/** The answer to minting and rotating: the only one that ever holds a secret. */
export const mintedTokenSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    token: z.string().nullable().openapi({
      description:
        'The secret, shown this once. Null where an Idempotency-Key is replayed: the token exists already.',
      example: 'fx_pat_…',
    }),
    keyPrefix: z.string(),
    last4: z.string(),
    familyId: z.uuid(),
    type: wireTokenType,
    scopes: wireScopes,
    createdBy: z.string(),
    createdById: z.string().nullable(),
    createdAt: epochMs,
    expiresAt: epochMsOrNull,
    effectiveExpiresAt: epochMsOrNull,
  })
  .openapi('MintedToken')

export function mintedTokenToWire({ token, summary }: MintedToken) {
  return {
    id: summary.id,
    name: summary.name,
    token,
    keyPrefix: summary.displayPrefix,
    last4: summary.last4,
    familyId: summary.familyId,
    type: summary.type,
    scopes: summary.scopes,
    createdBy: summary.createdBy.label,
    createdById: summary.createdBy.id,
    createdAt: summary.createdAt,
    expiresAt: summary.expiresAt,
    effectiveExpiresAt: summary.effectiveExpiresAt,
  }
}
